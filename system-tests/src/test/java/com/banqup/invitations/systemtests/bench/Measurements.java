package com.banqup.invitations.systemtests.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.banqup.invitations.systemtests.bench.PartnerSpace.Batch;
import com.banqup.invitations.systemtests.bench.PartnerSpace.Client;
import com.banqup.invitations.systemtests.bench.baseline.Invitation;

/**
 * The measurements, one at a time, each from a system at rest to a system at rest: what
 * an invitation costs after its mail is counted, too. Times are microseconds since 1970.
 */
final class Measurements {

	/** Single invitations a second while a bulk runs: a fraction of what is possible. */
	static final int SINGLES_PER_SECOND = 20;

	/** Of each of the two Partner Spaces. */
	static final int MOST_SINGLES = 600;

	/** Partner Spaces that the callers of single invitations belong to. */
	static final int SPACES_OF_CALLERS = 8;

	/** Of a core; a system at rest takes less, for its timers. */
	private static final double REST = 0.25;

	private static final Duration REST_OBSERVED = Duration.ofMillis(500);

	private static final int RESTS_IN_A_ROW = 2;

	private static final Duration REST_WITHIN = Duration.ofSeconds(20);

	private final BenchSystem system;

	private final int callers;

	/** After which no measurement goes on. */
	private final Instant end;

	private final Patience patience;

	private int domains;

	Measurements(BenchSystem system, int callers, Instant end) {
		this.system = system;
		this.callers = callers;
		this.end = end;
		this.patience = new Patience(end);
	}

	/** A bulk of one partner: from the upload's first byte to the last mail. */
	Figures bulk(int rows, int latencyMillis) {
		PartnerSpace space = this.system.newPartnerSpace();
		BulkRows upload = new BulkRows(rows, newDomain());
		this.system.sink().reset(latencyMillis);
		return measured(rows, () -> {
			long begun = micros();
			Batch batch = space.uploadBulk(upload);
			long taken = micros();
			awaitMails(rows, () -> space.batch(batch.id()));
			Figures figures = new Figures().put(Figures.INVITES_PER_SECOND, perSecond(rows, lastMail() - begun))
				.put("s to the last mail", seconds(lastMail() - begun))
				.put(Figures.UPLOAD_ROWS_PER_SECOND, perSecond(rows, taken - begun));
			awaitCompleted(space, batch);
			return figures.put("s to COMPLETED", seconds(micros() - begun));
		});
	}

	/** As many single requests to the baseline: from the first to the last mail. */
	Figures baseline(int mails, int latencyMillis) {
		String domain = newDomain();
		List<Invitation> invitations = IntStream.range(0, mails)
			.mapToObj((i) -> new Invitation("c%06d@%s".formatted(i, domain), "Bakkerij Peeters " + i,
					"Boekhouding Janssens & Zoon",
					"Welkom bij ons kantoor. Via Banqup delen wij voortaan uw documenten en facturen.",
					List.of("Uw facturen, bonnetjes en andere documenten bekijken",
							"Documenten toevoegen, wijzigen en archiveren")))
			.toList();
		this.system.sink().reset(latencyMillis);
		return measured(mails, () -> {
			long begun = micros();
			byCallers(new ConcurrentLinkedQueue<>(invitations), BenchSystem.BASELINE,
					(connection, invitation) -> connection.send("POST", "/invitations", null, invitation).expect(202));
			long taken = micros();
			awaitMails(mails);
			return new Figures().put(Figures.INVITES_PER_SECOND, perSecond(mails, lastMail() - begun))
				.put("s to the last mail", seconds(lastMail() - begun))
				.put(Figures.REQUESTS_PER_SECOND, perSecond(mails, taken - begun));
		});
	}

	/** Clients of several Partner Spaces, none of them invited. */
	Queue<Client> addClients(int count) {
		List<Callable<List<Client>>> tasks = new ArrayList<>();
		int each = Math.ceilDiv(count, this.callers);
		List<PartnerSpace> spaces = IntStream.range(0, SPACES_OF_CALLERS)
			.mapToObj((i) -> this.system.newPartnerSpace())
			.toList();
		String domain = newDomain();
		for (int caller = 0; caller < this.callers; caller++) {
			PartnerSpace space = spaces.get(caller % spaces.size());
			int first = caller * each;
			tasks.add(() -> space.addClients(
					IntStream.range(first, first + each).mapToObj((i) -> "s%06d@%s".formatted(i, domain)).toList()));
		}
		List<List<Client>> clients = allOf(tasks);
		Queue<Client> mixed = new ConcurrentLinkedQueue<>();
		for (int i = 0; i < each; i++) {
			for (List<Client> callersClients : clients) {
				mixed.add(callersClients.get(i));
			}
		}
		return mixed;
	}

	/** A request for each client, from callers who wait for each answer. */
	Figures single(Queue<Client> clients) {
		int count = clients.size();
		Map<String, Long> accepted = new ConcurrentHashMap<>();
		Queue<Double> millis = new ConcurrentLinkedQueue<>();
		this.system.sink().reset(0);
		return measured(count, () -> {
			long begun = micros();
			byCallers(clients, "invite-api", (connection, client) -> {
				long asked = micros();
				boolean taken = client.invite(connection);
				long answered = micros();
				millis.add((answered - asked) / 1e3);
				if (taken) {
					accepted.put(client.address(), answered);
				}
			});
			long done = micros();
			awaitMails(accepted.size());
			return new Figures().put(Figures.REQUESTS_PER_SECOND, perSecond(count, done - begun))
				.putMillis("request", millis)
				.put(Figures.REFUSED, count - accepted.size())
				.put(Figures.INVITES_PER_SECOND, perSecond(accepted.size(), lastMail() - begun))
				.putMillis("202 to mail", millisToMail(accepted, "s"));
		});
	}

	/**
	 * Single invitations at a steady rate while a bulk runs, in turn of the bulk's own
	 * Partner Space and of another one.
	 */
	Figures fairness(int rows) {
		PartnerSpace own = this.system.newPartnerSpace();
		PartnerSpace other = this.system.newPartnerSpace();
		String domain = newDomain();
		List<Client> ofOwn = own.addClients(addresses("o", domain));
		List<Client> ofOther = other.addClients(addresses("x", domain));
		BulkRows upload = new BulkRows(rows, newDomain());
		this.system.sink().reset(0);
		return measured(rows, () -> {
			long begun = micros();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				Future<Long> bulk = threads.submit(() -> bulkUntilItsLastMail(own, upload, begun));
				Map<String, Long> accepted = new ConcurrentHashMap<>();
				int asked = inviteWhile(() -> !bulk.isDone(), ofOwn, ofOther, accepted);
				long lastOfBulk = get(bulk);
				awaitMails(rows + accepted.size());
				return new Figures().putMillis("202 to mail, same partner", millisToMail(accepted, "o"))
					.putMillis("202 to mail, another partner", millisToMail(accepted, "x"))
					.putMillis("202 to mail", millisToMail(accepted, ""))
					.put("single invitations", asked)
					.put(Figures.REFUSED, asked - accepted.size())
					.put(Figures.INVITES_PER_SECOND, perSecond(rows, lastOfBulk - begun));
			}
		});
	}

	/** Peak memory of a bulk in services that have done nothing else. */
	Figures memory(int rows) {
		this.system.restartServices();
		return bulk(rows, 0);
	}

	/** A bulk whose services are killed in the middle of it. */
	Aftermath kills(int rows) {
		Kills kills = new Kills(this.system, this.system.newPartnerSpace(), new BulkRows(rows, newDomain()),
				this.patience);
		kills.carryOut();
		awaitRest();
		return kills.aftermath();
	}

	private List<String> addresses(String prefix, String domain) {
		return IntStream.range(0, MOST_SINGLES).mapToObj((i) -> "%s%06d@%s".formatted(prefix, i, domain)).toList();
	}

	private long bulkUntilItsLastMail(PartnerSpace space, BulkRows rows, long begun) {
		Batch batch = space.uploadBulk(rows);
		awaitCompleted(space, batch);
		Collection<Long> arrivals = this.system.sink().arrivals("c").values();
		return arrivals.stream().mapToLong(Long::longValue).max().orElse(begun);
	}

	/**
	 * Until there is no client left, at the longest.
	 * @param accepted is given by address when each was accepted
	 * @return how many were asked for
	 */
	private int inviteWhile(BooleanSupplier wanted, List<Client> first, List<Client> second,
			Map<String, Long> accepted) {
		Queue<Client> clients = new ArrayDeque<>();
		for (int i = 0; i < first.size(); i++) {
			clients.add(first.get(i));
			clients.add(second.get(i));
		}
		List<Future<?>> requests = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			long interval = TimeUnit.SECONDS.toNanos(1) / SINGLES_PER_SECOND;
			long next = System.nanoTime();
			while (wanted.getAsBoolean() && !clients.isEmpty()) {
				Client client = clients.remove();
				requests.add(threads.submit(() -> {
					try (HttpConnection connection = new HttpConnection(client.space().api())) {
						if (client.invite(connection)) {
							accepted.put(client.address(), micros());
						}
					}
				}));
				next += interval;
				Patience.sleepUntil(next);
			}
			requests.forEach(this::get);
		}
		return requests.size();
	}

	/** By address: the time from the answer to the mail, in milliseconds. */
	private List<Double> millisToMail(Map<String, Long> accepted, String prefix) {
		Map<String, Long> arrivals = this.system.sink().arrivals(prefix);
		return accepted.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(prefix))
			.map((entry) -> (arrivals.getOrDefault(entry.getKey(), Long.MAX_VALUE) - entry.getValue()) / 1e3)
			.toList();
	}

	/** Each caller takes the next work when its last is done. */
	private <T> void byCallers(Queue<T> work, String service, Request<T> request) {
		List<Callable<Integer>> tasks = new ArrayList<>();
		for (int i = 0; i < this.callers; i++) {
			tasks.add(() -> {
				try (HttpConnection connection = new HttpConnection(this.system.url(service))) {
					for (T next = work.poll(); next != null; next = work.poll()) {
						request.send(connection, next);
					}
				}
				return 0;
			});
		}
		allOf(tasks);
	}

	private <T> List<T> allOf(List<Callable<T>> tasks) {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<T>> results = tasks.stream().map(threads::submit).toList();
			return results.stream().map(this::get).toList();
		}
	}

	private <T> T get(Future<T> result) {
		try {
			return result.get(Math.max(1, Duration.between(Instant.now(), this.end).toMillis()), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof BenchFailure failure) ? failure
					: new BenchFailure(String.valueOf(ex.getCause()), ex);
		}
		catch (TimeoutException ex) {
			result.cancel(true);
			throw new BenchFailure("not done when the time was up", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchFailure("interrupted", ex);
		}
	}

	private Figures measured(long invitations, Supplier<Figures> work) {
		awaitRest();
		this.system.forgetPeaks();
		Reading before = Reading.of(this.system);
		Figures figures = work.get();
		Sink.Stats stats = this.system.sink().stats();
		Reading after = awaitRest();
		figures.put(Figures.REPEATED, stats.repeated())
			.put("bytes/mail", (double) stats.bytes() / stats.mails())
			.put("connections to the relay", stats.mostConnections())
			.putCpu(after.cpu().since(before.cpu()), Duration.ofNanos(after.nanos() - before.nanos()), invitations);
		return figures.putPeaks(this.system.peaks());
	}

	/**
	 * Waits until the system is at rest; one that does not come to rest is measured as it
	 * is.
	 * @return what was read when the rest began
	 */
	private Reading awaitRest() {
		long patience = System.nanoTime() + REST_WITHIN.toNanos();
		Reading begun = Reading.of(this.system);
		Reading last = begun;
		for (int rests = 0; rests < RESTS_IN_A_ROW && System.nanoTime() < patience;) {
			Patience.sleepUntil(last.nanos() + REST_OBSERVED.toNanos());
			Reading now = Reading.of(this.system);
			if (now.coresSince(last) < REST) {
				rests++;
			}
			else {
				rests = 0;
				begun = now;
			}
			last = now;
		}
		return begun;
	}

	private void awaitMails(long count) {
		this.patience.await(() -> this.system.sink().stats().recipients() >= count,
				() -> "%d of %d mails when the time was up".formatted(this.system.sink().stats().recipients(), count));
	}

	/** Gives up at once when the bulk has come to its end without them. */
	private void awaitMails(long count, Supplier<Batch> bulk) {
		this.patience.await(() -> {
			Batch batch = bulk.get();
			long mails = this.system.sink().stats().recipients();
			if (mails < count && !batch.isUnderWay()) {
				throw new BenchFailure("%d of %d mails when the bulk had ended: %s".formatted(mails, count, batch));
			}
			return mails >= count;
		}, () -> "%d of %d mails when the time was up: %s".formatted(this.system.sink().stats().recipients(), count,
				bulk.get()));
	}

	private void awaitCompleted(PartnerSpace space, Batch batch) {
		this.patience.await(() -> !space.batch(batch.id()).isUnderWay(),
				() -> "the bulk was not completed when the time was up: " + space.batch(batch.id()));
	}

	/** Addresses that no measurement has used. */
	private String newDomain() {
		return "d%d-%d.example".formatted(++this.domains, ThreadLocalRandom.current().nextInt(1_000_000));
	}

	private long lastMail() {
		return this.system.sink().stats().lastMicros();
	}

	private static long micros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	private static double perSecond(long count, long micros) {
		return count / seconds(micros);
	}

	private static double seconds(long micros) {
		return micros / 1e6;
	}

	/** Processor times and when they were read. */
	private record Reading(CpuTimes cpu, long nanos) {

		static Reading of(BenchSystem system) {
			return new Reading(system.cpu(), System.nanoTime());
		}

		double coresSince(Reading earlier) {
			return (double) this.cpu.since(earlier.cpu).measured().toNanos() / (this.nanos - earlier.nanos);
		}

	}

	/** Asks a service for one thing. */
	private interface Request<T> {

		void send(HttpConnection connection, T work);

	}

}
