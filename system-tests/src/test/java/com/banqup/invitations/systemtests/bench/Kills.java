package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.banqup.invitations.systemtests.bench.Aftermath.BrokenUpload;
import com.banqup.invitations.systemtests.bench.Aftermath.DispatcherKill;
import com.banqup.invitations.systemtests.bench.PartnerSpace.Batch;
import org.jspecify.annotations.Nullable;

/**
 * One bulk of one partner with services killed ({@code kill -9}) in the middle of it:
 * invite-api while it takes the upload, and again while it decides the rows; the
 * dispatcher while it sends, twice. Each is started again at once. The upload is repeated
 * with the same {@code Idempotency-Key}.
 */
final class Kills {

	/** Of a bulk that lasts long enough to be interrupted so often. */
	static final int FEWEST_ROWS = 10_000;

	/** Of the relay: leaves mails without an answer when the dispatcher dies. */
	private static final int LATENCY_MILLIS = 100;

	private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

	private static final String API = "invite-api";

	private static final String DISPATCHER = "invite-dispatcher";

	/** The parts of the rows at which something is done. */
	private static final double TAKEN = 0.2;

	private static final double UPLOADED = 0.6;

	private static final double DECIDED = 0.2;

	private static final List<Double> MAILED = List.of(0.3, 0.6);

	/** Two that are recorded at a time, and four that a slow ledger keeps waiting. */
	private static final long UNRECORDED_CHUNKS = 6;

	private final BenchSystem system;

	private final PartnerSpace space;

	private final BulkRows rows;

	private final Patience patience;

	private final Ledger ledger;

	private final String idempotencyKey = "Idempotency-Key: " + UUID.randomUUID();

	private final List<DispatcherKill> dispatcherKills = new ArrayList<>();

	private @Nullable BrokenUpload upload;

	private @Nullable Batch batch;

	private long decided;

	private double seconds;

	/**
	 * A bulk that is not uploaded yet.
	 * @param space with no other bulk
	 */
	Kills(BenchSystem system, PartnerSpace space, BulkRows rows, Patience patience) {
		this.system = system;
		this.space = space;
		this.rows = rows;
		this.patience = patience.withPause(LOOKS_EVERY);
		this.ledger = new Ledger(system.addresses().dispatcher());
	}

	/** Returns when the batch has come to its end. */
	void carryOut() {
		this.system.sink().reset(LATENCY_MILLIS);
		long begun = System.nanoTime();
		this.upload = breakUpload();
		this.batch = this.space.uploadBulk(this.rows::writeTo, this.idempotencyKey);
		killApiWhileItDecides();
		MAILED.forEach(this::killDispatcherWhileItSends);
		this.patience.await(() -> !batch().isUnderWay(), () -> "the bulk was not completed when the time was up: %s, %s"
			.formatted(batch(), this.system.sink().stats()));
		this.seconds = (System.nanoTime() - begun) / 1e9;
	}

	/** What became of it; to be asked when the system has come to rest. */
	Aftermath aftermath() {
		Set<String> mailed = this.system.sink().arrivals("").keySet();
		long unmailed = IntStream.range(0, this.rows.count())
			.filter((row) -> !mailed.contains(this.rows.address(row)))
			.count();
		return new Aftermath(this.rows.count(), Objects.requireNonNull(this.upload), this.decided, this.dispatcherKills,
				unmailed, this.system.sink().stats(), batch(), this.seconds);
	}

	/**
	 * Rows flow while invite-api is killed. The last of them wait for it, so that the
	 * upload cannot be over before.
	 */
	private BrokenUpload breakUpload() {
		CountDownLatch killed = new CountDownLatch(1);
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<Batch> broken = threads
				.submit(() -> this.space.uploadBulk((out) -> writeUntilKilled(out, killed), this.idempotencyKey));
			Batch seen = killApiWhileItTakes(broken, killed);
			requireBroken(broken);
			startApiAgain();
			Batch kept = this.space.batch(seen.id());
			if (!kept.state().equals("RECEIVING")) {
				throw new BenchFailure("half an upload has come, and the batch is " + kept);
			}
			return new BrokenUpload(seen.id(), seen.rows(), kept.rows());
		}
	}

	private Batch killApiWhileItTakes(Future<Batch> upload, CountDownLatch killed) {
		try {
			Batch seen = awaitTaken(upload);
			this.system.kill(API);
			return seen;
		}
		finally {
			killed.countDown();
		}
	}

	private void writeUntilKilled(OutputStream out, CountDownLatch killed) throws IOException {
		int uploaded = part(UPLOADED);
		this.rows.write(out, 0, uploaded);
		out.flush();
		try {
			killed.await();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		this.rows.write(out, uploaded, this.rows.count());
	}

	private Batch awaitTaken(Future<Batch> upload) {
		AtomicReference<@Nullable Batch> seen = new AtomicReference<>();
		this.patience.await(() -> {
			if (upload.isDone()) {
				requireBroken(upload);
				throw new BenchFailure("the upload broke before invite-api was killed");
			}
			Optional<Batch> last = this.space.findLastBatch();
			last.ifPresent(seen::set);
			return last.filter((batch) -> batch.rows() >= part(TAKEN)).isPresent();
		}, () -> "the upload had not come far enough when the time was up: " + seen.get());
		return Objects.requireNonNull(seen.get());
	}

	private static void requireBroken(Future<Batch> upload) {
		try {
			throw new BenchFailure("the upload ended well though invite-api was killed: " + upload.get());
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof UncheckedIOException)) {
				throw new BenchFailure("the upload was answered though invite-api was killed: " + ex.getCause(), ex);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchFailure("interrupted", ex);
		}
	}

	private void killApiWhileItDecides() {
		this.patience.await(() -> {
			Batch now = batch();
			if (now.waiting() == 0) {
				throw new BenchFailure("all rows were decided before invite-api could be killed: " + now);
			}
			this.decided = now.rows() - now.waiting();
			return this.decided >= part(DECIDED);
		}, () -> "hardly a row was decided when the time was up: " + batch());
		this.system.kill(API);
		startApiAgain();
	}

	private void startApiAgain() {
		this.system.startAgain(API);
		this.space.awaitService();
	}

	private void killDispatcherWhileItSends(double mailed) {
		Sink sink = this.system.sink();
		AtomicLong unanswered = new AtomicLong();
		this.patience.await(() -> {
			Sink.Stats stats = sink.stats();
			if (stats.recipients() >= this.rows.count()) {
				throw new BenchFailure("all mails were sent before the dispatcher could be killed: " + stats);
			}
			unanswered.set(stats.underWay());
			return stats.recipients() >= part(mailed) && unanswered.get() > 0;
		}, () -> "%d mails to be sent, when the time was up: %s, %s".formatted(part(mailed), sink.stats(), batch()));
		this.system.kill(DISPATCHER);
		this.patience.await(() -> sink.stats().connections() == 0 && this.ledger.isStill(),
				() -> "the killed dispatcher was still connected when the time was up");
		Sink.Stats after = sink.stats();
		this.dispatcherKills.add(new DispatcherKill(after.recipients(), unanswered.get(),
				repeatable(after) - repeatableBefore(), mostUnrecorded()));
		this.system.startAgain(DISPATCHER);
	}

	/** How many mails have been repeated or may be: the ledger knows nothing of them. */
	private long repeatable(Sink.Stats stats) {
		return stats.recipients() - this.ledger.sent(this.space.id()) + stats.repeated();
	}

	/** By the earlier kills. */
	private long repeatableBefore() {
		return this.dispatcherKills.stream().mapToLong(DispatcherKill::unrecorded).sum();
	}

	/** Mails under way, and chunks of outcomes on their way to the ledger. */
	private long mostUnrecorded() {
		return this.system.setting(DISPATCHER, "dispatch.delivery.bulk.concurrency", 256)
				+ UNRECORDED_CHUNKS * this.system.setting(DISPATCHER, "dispatch.delivery.bulk.chunk-size", 250);
	}

	private Batch batch() {
		return this.space.batch(Objects.requireNonNull(this.batch).id());
	}

	private int part(double part) {
		return (int) (this.rows.count() * part);
	}

}
