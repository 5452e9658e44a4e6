package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/** The course of every batch, new mail or retries: claim, send, record. */
final class MailRuns {

	/** Makes the claims of this process its own. */
	private final long dispatcher = UUID.randomUUID().getMostSignificantBits();

	private final AtomicLong batches = new AtomicLong();

	private final SendMails mails;

	private final RecordAttempts attempts;

	private final DeliveryMeters meters;

	private final InstantSource clock;

	private final DeliveryProperties properties;

	private final BooleanSupplier stopping;

	MailRuns(SendMails mails, RecordAttempts attempts, DeliveryMeters meters, InstantSource clock,
			DeliveryProperties properties, BooleanSupplier stopping) {
		this.mails = mails;
		this.attempts = attempts;
		this.meters = meters;
		this.clock = clock;
		this.properties = properties;
		this.stopping = stopping;
	}

	/**
	 * Claims, sends and records, after what is left from earlier batches has been
	 * recorded.
	 */
	Mono<Report> make(Function<Claim, Mono<Admission>> admit, int concurrency) {
		return this.attempts.recordRemaining().then(Mono.defer(() -> {
			Claim claim = newClaim();
			return admit.apply(claim)
				.timeout(this.properties.recordTimeout())
				.doOnNext((admission) -> this.meters.countCancelled(admission.cancelled()))
				.flatMap((admission) -> send(admission, claim, concurrency));
		}));
	}

	private Mono<Report> send(Admission admission, Claim claim, int concurrency) {
		return Mono.defer(() -> {
			Instant deadline = claim.now().plus(this.properties.startBudget());
			MailRun run = new MailRun(this.clock, deadline, this.stopping);
			return this.mails.send(admission.claimed(), run, concurrency)
				.doOnNext(this.meters::count)
				.flatMap((made) -> this.attempts.record(made, claim).thenReturn(report(admission, made, run)));
		});
	}

	private Claim newClaim() {
		Instant now = this.clock.instant();
		return new Claim(new UUID(this.dispatcher, this.batches.incrementAndGet()), now,
				now.plus(this.properties.claimTime()));
	}

	private static Report report(Admission admission, List<Attempt> made, MailRun run) {
		List<DeliveryId> notMade = made.stream()
			.filter(Attempt.NotMade.class::isInstance)
			.map((attempt) -> attempt.delivery().id())
			.toList();
		return new Report(admission, notMade, made.size() - notMade.size(), run.hindrance());
	}

	/**
	 * What became of the deliveries.
	 *
	 * @param admission what was claimed, and what was not
	 * @param notMade what was claimed and not attempted
	 * @param attempted how many were attempted
	 * @param hindrance why not all
	 */
	record Report(Admission admission, List<DeliveryId> notMade, int attempted, Optional<Hindrance> hindrance) {
	}

}
