package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sees to it that what became of mails gets into the ledger, also when the ledger cannot
 * be reached for a while: what could not be recorded is kept in memory and recorded first
 * thing, before anything else is claimed by anybody. So an outage of the database never
 * makes a mail go out twice, and no more is kept than the mails of one batch of each
 * consumer. What the ledger refuses to take is never dropped either.
 */
final class RecordAttempts {

	private static final Logger log = LoggerFactory.getLogger(RecordAttempts.class);

	private final Deliveries deliveries;

	/** Less than a claim lasts: what is being recorded is kept before the claim ends. */
	private final Duration timeout;

	private final Queue<Outcome> remaining = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Mono<Void>> flush = new AtomicReference<>();

	RecordAttempts(Deliveries deliveries, Duration timeout) {
		this.deliveries = deliveries;
		this.timeout = timeout;
	}

	/** Records these, or keeps them and errors. */
	Mono<Void> record(List<Attempt> attempts, Claim claim) {
		return attempts.isEmpty() ? Mono.empty() : recordOrKeep(new Outcome(List.copyOf(attempts), claim));
	}

	/** Keeps these, to be recorded before anything else is claimed. */
	Mono<Void> keep(List<Attempt> attempts, Claim claim) {
		return attempts.isEmpty() ? Mono.empty() : keep(new Outcome(List.copyOf(attempts), claim));
	}

	/**
	 * Completes when nothing is kept any more; errors when something cannot be recorded
	 * yet. Whoever asks meanwhile waits for the same work.
	 */
	Mono<Void> recordRemaining() {
		return Mono.defer(() -> this.remaining.isEmpty() ? Mono.empty() : sharedFlush().then(recordRemaining()))
			.timeout(this.timeout);
	}

	/** How many lots of outcomes are kept. */
	int kept() {
		return this.remaining.size();
	}

	private Mono<Void> recordOrKeep(Outcome outcome) {
		return Flux
			.usingWhen(Mono.just(outcome), this::record, (done) -> Mono.empty(), (failed, ex) -> keep(failed),
					this::keep)
			.then();
	}

	private Mono<Void> keep(Outcome outcome) {
		return Mono.fromRunnable(() -> this.remaining.add(outcome));
	}

	/** One at a time; goes on when those who wait for it give up. */
	private Mono<Void> sharedFlush() {
		Mono<Void> created = Mono.defer(this::recordAllKept).doOnTerminate(() -> this.flush.set(null)).cache();
		Mono<Void> running = this.flush.compareAndExchange(null, created);
		return (running != null) ? running : created;
	}

	/** All that are kept by now, the others too when the ledger refuses one. */
	private Mono<Void> recordAllKept() {
		return Flux.fromIterable(List.copyOf(this.remaining))
			.concatMap(this::recordKept)
			.reduce((first, next) -> first)
			.flatMap(Mono::error);
	}

	/** An outcome is kept until it is recorded; emits why some of it still is kept. */
	private Mono<OutcomeRefused> recordKept(Outcome outcome) {
		return record(outcome).thenReturn(List.<Refusal>of())
			.onErrorResume(OutcomeRefused.class, (ex) -> recordOneByOne(outcome))
			.doOnNext((refusals) -> keepOnly(refusals, outcome))
			.flatMap((refusals) -> refusals.isEmpty() ? Mono.empty() : Mono.just(refusals.getFirst().reason()));
	}

	/** Never is nothing kept in between. */
	private void keepOnly(List<Refusal> refusals, Outcome outcome) {
		if (!refusals.isEmpty()) {
			this.remaining.add(new Outcome(refusals.stream().map(Refusal::attempt).toList(), outcome.claim()));
		}
		this.remaining.remove(outcome);
	}

	private Mono<List<Refusal>> recordOneByOne(Outcome outcome) {
		return Flux.fromIterable(outcome.attempts())
			.concatMap((attempt) -> recordAlone(attempt, outcome.claim()))
			.collectList();
	}

	/** What the relay said is all in an attempt that is not our own. */
	private Mono<Refusal> recordAlone(Attempt attempt, Claim claim) {
		return record(attempt, claim).onErrorResume(OutcomeRefused.class, (ex) -> record(attempt.withoutReply(), claim))
			.onErrorResume(OutcomeRefused.class, (ex) -> giveUp(attempt, ex, claim))
			.then(Mono.<Refusal>empty())
			.onErrorResume(OutcomeRefused.class, (ex) -> Mono.just(refused(attempt, ex)));
	}

	/**
	 * What cannot be kept for another attempt is not tried again: its dead letter tells.
	 */
	private Mono<Void> giveUp(Attempt attempt, OutcomeRefused ex, Claim claim) {
		if (!(attempt instanceof Attempt.Deferred deferred)) {
			return Mono.error(ex);
		}
		log.error("{}: not sent, and the ledger refuses to keep it for another attempt; it is given up",
				attempt.delivery().id(), ex);
		return record(deferred.givenUp(), claim);
	}

	private static Refusal refused(Attempt attempt, OutcomeRefused ex) {
		log.error("{}: {}, and the ledger refuses to know; no mail is sent until it does", attempt.delivery().id(),
				attempt.getClass().getSimpleName(), ex);
		return new Refusal(attempt, ex);
	}

	private Mono<Void> record(Attempt attempt, Claim claim) {
		return record(new Outcome(List.of(attempt), claim));
	}

	private Mono<Void> record(Outcome outcome) {
		return this.deliveries.record(outcome.attempts(), outcome.claim()).timeout(this.timeout);
	}

	private record Outcome(List<Attempt> attempts, Claim claim) {
	}

	private record Refusal(Attempt attempt, OutcomeRefused reason) {
	}

}
