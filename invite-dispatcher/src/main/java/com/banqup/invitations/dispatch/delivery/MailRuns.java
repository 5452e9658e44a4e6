package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The course of every batch, new mail or retries: claim, send, record, a chunk after the
 * other. The next chunk is claimed and earlier ones are recorded while mails are under
 * way: sending waits for the ledger at the start only. Each batch writes its mails on a
 * thread of its own. On the event loop that brings the claims, a bulk's mails would be
 * written one after the other while the ledger's answers to everybody else wait; on a
 * thread of all, single mails would wait for those of bulks.
 */
final class MailRuns {

	/** Makes the claims of this process its own. */
	private final long dispatcher = UUID.randomUUID().getMostSignificantBits();

	private final AtomicLong runs = new AtomicLong();

	private final SendMails mails;

	private final RecordAttempts attempts;

	private final DeliveryMeters meters;

	private final InstantSource clock;

	private final DeliveryProperties properties;

	private final BooleanSupplier stopping;

	private final Supplier<Scheduler> threads;

	/**
	 * Creates it.
	 * @param threads gives a thread to a batch, which gives it back by disposing of it
	 */
	MailRuns(SendMails mails, RecordAttempts attempts, DeliveryMeters meters, InstantSource clock,
			DeliveryProperties properties, BooleanSupplier stopping, Supplier<Scheduler> threads) {
		this.mails = mails;
		this.attempts = attempts;
		this.meters = meters;
		this.clock = clock;
		this.properties = properties;
		this.stopping = stopping;
		this.threads = threads;
	}

	/**
	 * Claims, sends and records, after what is left from earlier batches has been
	 * recorded. When the ledger cannot be reached, nothing more is claimed or sent; it
	 * errors when all that was under way has ended and is recorded or kept.
	 * @param chunks claim a chunk each. The first is always claimed, the others as long
	 * as mails may be started
	 * @param chunkSize how many outcomes are recorded together at most
	 * @param concurrency how many mails are sent at a time
	 */
	Mono<Report> make(List<Function<Claim, Mono<Admission>>> chunks, int chunkSize, int concurrency) {
		return this.attempts.recordRemaining()
			.then(Mono.using(this.threads::get, (thread) -> make(chunks, chunkSize, concurrency, thread),
					Scheduler::dispose));
	}

	private Mono<Report> make(List<Function<Claim, Mono<Admission>>> chunks, int chunkSize, int concurrency,
			Scheduler thread) {
		return Mono.defer(() -> {
			Instant deadline = this.clock.instant().plus(this.properties.startBudget());
			MailRun run = new MailRun(this.clock, deadline, this.stopping, this.mails.areAtRisk());
			UUID claimId = new UUID(this.dispatcher, this.runs.incrementAndGet());
			return make(Flux.fromIterable(chunks).map((chunk) -> claim(chunk, claimId, run)), run, concurrency, thread)
				.bufferTimeout(chunkSize, this.properties.recordAfter(), true)
				.flatMap((outcomes) -> record(outcomes, claim(claimId), run), this.properties.recordConcurrency())
				.then(Mono.defer(
						() -> run.failure().<Mono<Report>>map(Mono::error).orElseGet(() -> Mono.just(Report.of(run)))));
		});
	}

	/** One chunk is claimed ahead of the mails that are started. */
	private Flux<Attempt> make(Flux<Mono<Admission>> chunks, MailRun run, int concurrency, Scheduler thread) {
		return chunks.flatMapSequential((chunk) -> chunk, 1, 1)
			.concatMapIterable(Admission::claimed, 1)
			.flatMap((delivery) -> this.mails.send(delivery, run).subscribeOn(thread), concurrency, 1);
	}

	/** Never errors: what is under way must not be dropped. */
	private Mono<Admission> claim(Function<Claim, Mono<Admission>> chunk, UUID claimId, MailRun run) {
		return Mono.defer(() -> run.mayClaim() ? chunk.apply(claim(claimId)) : Mono.empty())
			.timeout(this.properties.recordTimeout())
			.doOnNext((admission) -> this.meters.countCancelled(admission.cancelled()))
			.map(run::claimed)
			.onErrorResume((ex) -> failed(run, ex));
	}

	/**
	 * Never errors either. Once the ledger is lost nobody waits for it again: what ends
	 * from then on is kept.
	 */
	private Mono<Void> record(List<Attempt> outcomes, Claim claim, MailRun run) {
		run.ended(outcomes);
		this.meters.count(outcomes);
		return run.isLedgerLost() ? this.attempts.keep(outcomes, claim)
				: this.attempts.record(outcomes, claim).onErrorResume((ex) -> failed(run, ex));
	}

	private static <T> Mono<T> failed(MailRun run, Throwable ex) {
		return Mono.fromRunnable(() -> run.fail(ex));
	}

	private Claim claim(UUID id) {
		Instant now = this.clock.instant();
		return new Claim(id, now, now.plus(this.properties.claimTime()));
	}

	/**
	 * What became of the deliveries.
	 *
	 * @param admissions what was claimed of each chunk, and what was not; fewer than
	 * there are chunks when the others were left
	 * @param notMade what was claimed and not attempted
	 * @param attempted how many were attempted
	 * @param hindrance why not all
	 */
	record Report(List<Admission> admissions, List<DeliveryId> notMade, int attempted, Optional<Hindrance> hindrance) {

		static Report of(MailRun run) {
			List<DeliveryId> notMade = run.outcomes()
				.stream()
				.filter(Attempt.NotMade.class::isInstance)
				.map((attempt) -> attempt.delivery().id())
				.toList();
			return new Report(run.admissions(), notMade, run.outcomes().size() - notMade.size(), run.hindrance());
		}

	}

}
