package com.banqup.invitations.systemtests.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param cases what is measured
 * @param latencies of the relay, in milliseconds, for the bulks; the baseline has those
 * of them up to {@value #BASELINE_LATENCY_LIMIT}
 * @param rounds how often each case is measured
 * @param rows of a bulk
 * @param memoryRows of the large bulk of the memory case
 * @param baselineMails of the baseline in a round, at 0 ms
 * @param singles invitations by POST in a round
 * @param callers that post at the same time
 * @param limit for everything together; what no longer fits is left out
 * @param heapMegabytes of each service and of the baseline
 * @param recording whether the services write JFR recordings
 * @param statements whether the times of PostgreSQL's statements are kept
 * @param settings of services besides, by service and property
 * @param output the folder for the results
 */
record BenchOptions(Set<Case> cases, List<Integer> latencies, int rounds, int rows, int memoryRows, int baselineMails,
		int singles, int callers, Duration limit, int heapMegabytes, boolean recording, boolean statements,
		Map<String, Map<String, String>> settings, Path output) {

	/** At 50 ms three listeners send 54 mails a second; nobody doubts that. */
	static final int BASELINE_LATENCY_LIMIT = 20;

	private static final int LARGEST_BULK = 1_000_000;

	/** The kinds of measurements, in the order of a round. */
	enum Case {

		BULK, BASELINE, SINGLE, FAIRNESS, MEMORY, KILLS;

		String title() {
			return name().toLowerCase(Locale.ROOT);
		}

		static Case of(String title) {
			return Arrays.stream(values())
				.filter((value) -> value.title().equals(title))
				.findFirst()
				.orElseThrow(() -> new UsageException("no such case: " + title));
		}

	}

	/**
	 * Reads a command line.
	 * @param arguments without the program
	 * @param output where results go unless told
	 * @throws UsageException that says what cannot be understood
	 */
	static BenchOptions parse(List<String> arguments, Path output) {
		Map<String, String> values = new TreeMap<>();
		Map<String, Map<String, String>> settings = new LinkedHashMap<>();
		boolean recording = false;
		boolean statements = false;
		Deque<String> rest = new ArrayDeque<>(arguments);
		while (!rest.isEmpty()) {
			String[] words = rest.pop().split("=", 2);
			String name = words[0];
			if (name.equals("--jfr") && words.length == 1) {
				recording = true;
				continue;
			}
			if (name.equals("--statements") && words.length == 1) {
				statements = true;
				continue;
			}
			String value = (words.length == 2) ? words[1] : rest.poll();
			if (value == null) {
				throw new UsageException(name + ": no value");
			}
			if (name.equals("--set")) {
				addSetting(settings, value);
			}
			else {
				values.put(name, value);
			}
		}
		BenchOptions options = new BenchOptions(cases(values.remove("--cases")),
				latencies(values.remove("--latencies")), number(values, "--rounds", 3, 1, 100),
				number(values, "--rows", 20_000, 100, LARGEST_BULK),
				number(values, "--memory-rows", LARGEST_BULK, 100, LARGEST_BULK),
				number(values, "--baseline-mails", 2_000, 50, 100_000), number(values, "--singles", 1_000, 64, 100_000),
				number(values, "--callers", 64, 1, 1_000), Duration.ofMinutes(number(values, "--minutes", 10, 2, 600)),
				number(values, "--heap", 512, 128, 65_536), recording, statements, settings,
				(values.containsKey("--output")) ? Path.of(values.remove("--output")) : output);
		if (!values.isEmpty()) {
			throw new UsageException("unknown option: " + values.keySet().iterator().next());
		}
		if (options.measures(Case.KILLS) && options.rows() < Kills.FEWEST_ROWS) {
			throw new UsageException(
					"--rows: \"%d\" (expected with kills: at least %d)".formatted(options.rows(), Kills.FEWEST_ROWS));
		}
		return options;
	}

	private static void addSetting(Map<String, Map<String, String>> settings, String text) {
		int colon = text.indexOf(':');
		int equals = text.indexOf('=');
		if (colon < 1 || equals < colon + 2) {
			throw new UsageException("--set: \"%s\" (expected: SERVICE:PROPERTY=VALUE)".formatted(text));
		}
		settings.computeIfAbsent(text.substring(0, colon), (service) -> new LinkedHashMap<>())
			.put(text.substring(colon + 1, equals), text.substring(equals + 1));
	}

	private static Set<Case> cases(@Nullable String text) {
		if (text == null) {
			return EnumSet.complementOf(EnumSet.of(Case.MEMORY, Case.KILLS));
		}
		Set<Case> cases = EnumSet.noneOf(Case.class);
		Arrays.stream(text.split(",")).map(Case::of).forEach(cases::add);
		return cases;
	}

	private static List<Integer> latencies(@Nullable String text) {
		if (text == null) {
			return List.of(0, 20, 50);
		}
		List<Integer> latencies = new ArrayList<>();
		for (String latency : text.split(",")) {
			latencies.add(number("--latencies", latency, 0, 10_000));
		}
		return latencies;
	}

	private static int number(Map<String, String> values, String name, int standard, int least, int most) {
		String text = values.remove(name);
		return (text != null) ? number(name, text, least, most) : standard;
	}

	private static int number(String name, String text, int least, int most) {
		try {
			int number = Integer.parseInt(text.replace("_", ""));
			if (number >= least && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// told below
		}
		throw new UsageException("%s: \"%s\" (expected: %d..%d)".formatted(name, text, least, most));
	}

	boolean measures(Case measured) {
		return this.cases.contains(measured);
	}

	/** The baseline's mails in a round: about equally long at each latency. */
	int baselineMails(int latency) {
		return (latency == 0) ? this.baselineMails : Math.max(50, this.baselineMails / 3);
	}

}
