package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

import com.banqup.invitations.systemtests.bench.BenchOptions.Case;
import com.banqup.invitations.systemtests.bench.PartnerSpace.Client;
import com.banqup.invitations.systemtests.bench.Target.Titles;

/**
 * What {@code ./bench} runs: starts everything, measures round by round, every case once
 * in each, prints a table and writes {@code results.json}, {@code table.txt} and the last
 * mail of each kind. Ends by itself when its time is up.
 */
final class Bench {

	/** Kept for the end: stopping everything. */
	private static final Duration STOPPING = Duration.ofSeconds(25);

	/** The rows of the bulk before the first round, and its mails by the baseline. */
	private static final int WARM_UP_ROWS = 60_000;

	private static final int WARM_UP_MAILS = 2_000;

	private static final Duration UNKNOWN = Duration.ofSeconds(45);

	private final BenchOptions options;

	private final BenchSystem system;

	private final Measurements measurements;

	private final Instant end;

	private final Results results = new Results();

	private final List<String> notes = new ArrayList<>();

	/** What the system did not keep of its promises. */
	private final List<String> broken = new ArrayList<>();

	/** How long each case took the last time. */
	private final Map<String, Duration> lasted = new LinkedHashMap<>();

	/** What is measured now. */
	private String running = "the start";

	private Bench(BenchOptions options, BenchSystem system, Instant end) {
		this.options = options;
		this.system = system;
		this.end = end;
		this.measurements = new Measurements(system, options.callers(), end);
	}

	/**
	 * Exit codes: 0 all measured, 1 something failed or a promise was broken, 2 misuse, 3
	 * not all in time.
	 */
	public static void main(String[] arguments) throws IOException {
		Instant begun = Instant.now();
		Path home = Path.of(System.getProperty("bench.home"));
		BenchOptions options;
		try {
			options = BenchOptions.parse(List.of(arguments),
					home.resolve("target/bench/" + begun.toString().replaceAll("\\..*|[:-]", "")));
		}
		catch (UsageException ex) {
			System.err.println("./bench: " + ex.getMessage() + "; see ./bench --help");
			System.exit(2);
			return;
		}
		Files.createDirectories(options.output());
		System.exit(run(home, options, begun));
	}

	private static int run(Path home, BenchOptions options, Instant begun) throws IOException {
		Instant end = begun.plus(options.limit()).minus(STOPPING);
		BenchSystem system = new BenchSystem(home, home.resolve("target/bench/data"), options, end);
		Thread closing = new Thread(system::close);
		Runtime.getRuntime().addShutdownHook(closing);
		Bench bench = new Bench(options, system, end);
		int code;
		try {
			print("Starting; at most %d minutes, results in %s", options.limit().toMinutes(), options.output());
			system.start(Path.of(System.getProperty("bench.sink")));
			print("All up after %.0f s", seconds(Duration.between(begun, Instant.now())));
			code = bench.measure();
		}
		catch (RuntimeException ex) {
			bench.notes.add("Not brought to its end: %s: %s".formatted(bench.running,
					(ex instanceof BenchFailure) ? ex.getMessage() : ex));
			code = 1;
		}
		bench.report(System.getProperty("bench.commit", "unknown"));
		return code;
	}

	private int measure() {
		warmUp();
		boolean complete = true;
		for (int round = 1; round <= this.options.rounds(); round++) {
			for (Map.Entry<String, Supplier<Figures>> step : steps(round).entrySet()) {
				complete &= measure(step.getKey(), round, step.getValue());
			}
		}
		if (!this.broken.isEmpty()) {
			return 1;
		}
		return complete ? 0 : 3;
	}

	private void warmUp() {
		Instant begun = Instant.now();
		this.running = "the warm-up";
		if (this.options.measures(Case.BASELINE)) {
			this.measurements.baseline(WARM_UP_MAILS, 0);
		}
		if (this.options.measures(Case.BULK) || this.options.measures(Case.FAIRNESS)) {
			this.measurements.bulk(Math.min(WARM_UP_ROWS, 3 * this.options.rows()), 0);
		}
		if (this.options.measures(Case.SINGLE)) {
			this.measurements.single(this.measurements.addClients(this.options.singles()));
		}
		print("Warmed up after %.0f s", seconds(Duration.between(begun, Instant.now())));
	}

	/** System and baseline in turn, latency by latency. */
	private Map<String, Supplier<Figures>> steps(int round) {
		Map<String, Supplier<Figures>> steps = new LinkedHashMap<>();
		for (int latency : this.options.latencies()) {
			if (this.options.measures(Case.BULK)) {
				steps.put(Titles.bulk(latency), () -> this.measurements.bulk(this.options.rows(), latency));
			}
			if (this.options.measures(Case.BASELINE) && latency <= BenchOptions.BASELINE_LATENCY_LIMIT) {
				steps.put(Titles.baseline(latency),
						() -> this.measurements.baseline(this.options.baselineMails(latency), latency));
			}
		}
		if (this.options.measures(Case.SINGLE)) {
			steps.put(Titles.SINGLE, () -> {
				Queue<Client> clients = this.measurements.addClients(this.options.singles());
				return this.measurements.single(clients);
			});
		}
		if (this.options.measures(Case.FAIRNESS)) {
			steps.put(Titles.FAIRNESS, () -> this.measurements.fairness(this.options.rows()));
		}
		if (this.options.measures(Case.MEMORY) && round == 1) {
			steps.put(Titles.MEMORY_SMALL, () -> this.measurements.memory(this.options.memoryRows() / 10));
			steps.put(Titles.MEMORY_LARGE, () -> this.measurements.memory(this.options.memoryRows()));
		}
		if (this.options.measures(Case.KILLS) && round == 1) {
			steps.put(Titles.KILLS, this::kills);
		}
		return steps;
	}

	private Figures kills() {
		Aftermath aftermath = this.measurements.kills(this.options.rows());
		List<String> promises = aftermath.brokenPromises();
		promises.forEach((promise) -> this.notes.add("Broken promise: %s.".formatted(promise)));
		if (promises.isEmpty()) {
			this.notes
				.add("Kept in spite of the kills: every row was mailed, no mail was repeated but those that were sent "
						+ "and not recorded at a kill, repetitions have the same Message-ID, the batch's counts add up.");
		}
		this.broken.addAll(promises);
		return aftermath.figures();
	}

	/** Whether there was time for it. */
	private boolean measure(String title, int round, Supplier<Figures> measurement) {
		Instant begun = Instant.now();
		if (begun.plus(this.lasted.getOrDefault(title, UNKNOWN)).isAfter(this.end)) {
			this.notes.add("Left out for want of time: %s, round %d.".formatted(title, round));
			return false;
		}
		this.running = "%s, round %d".formatted(title, round);
		StatementTimes statements = this.options.statements() ? this.system.statementTimes() : null;
		if (statements != null) {
			statements.forget();
		}
		Figures figures = measurement.get();
		if (statements != null) {
			statements.write(file(title, "-round-%d-statements.txt".formatted(round)));
		}
		this.lasted.put(title, Duration.between(begun, Instant.now()));
		this.results.add(title, round, figures);
		keepLastMail(title);
		print("Round %d, %s: %s", round, title, summary(figures));
		return true;
	}

	private static String summary(Figures figures) {
		List<String> parts = new ArrayList<>();
		for (String name : List.of(Figures.INVITES_PER_SECOND, Figures.UPLOAD_ROWS_PER_SECOND,
				Figures.REQUESTS_PER_SECOND, "202 to mail p99 ms", Figures.REPEATED, "CPU us/invite, all but bench",
				Figures.OTHERS_BUSY)) {
			Double value = figures.values().get(name);
			if (value != null) {
				parts.add("%s %s".formatted(Report.number(value), name));
			}
		}
		return String.join(", ", parts);
	}

	/** For whoever wants to see that mails are mails. */
	private void keepLastMail(String title) {
		try {
			Files.writeString(file(title, ".eml"), this.system.sink().lastMail());
		}
		catch (IOException ex) {
			throw new BenchFailure("the last mail cannot be kept: " + ex.getMessage(), ex);
		}
	}

	private Path file(String title, String suffix) {
		return this.options.output().resolve(title.replaceAll("[^a-z0-9]+", "-") + suffix);
	}

	private void report(String commit) throws IOException {
		if (this.results.all().isEmpty()) {
			this.notes.forEach(Bench::print);
			return;
		}
		Report report = new Report(Environment.of(this.system, this.options, commit), this.results, this.notes);
		Files.write(this.options.output().resolve("results.json"), report.json());
		List<String> table = report.table();
		Files.write(this.options.output().resolve("table.txt"), table);
		table.forEach(System.out::println);
		print("Written: %s", this.options.output().resolve("results.json"));
	}

	private static void print(String line) {
		System.out.println(line);
	}

	private static void print(String format, Object... values) {
		print(String.format(Locale.ENGLISH, format, values));
	}

	private static double seconds(Duration time) {
		return time.toMillis() / 1e3;
	}

}
