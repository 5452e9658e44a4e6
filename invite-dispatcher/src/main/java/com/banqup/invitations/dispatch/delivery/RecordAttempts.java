package com.banqup.invitations.dispatch.delivery;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sees to it that what became of mails gets into the ledger, also when the ledger cannot
 * be reached for a while: what could not be recorded is kept in memory and recorded first
 * thing, before anything else is claimed. So an outage of the database never makes a mail
 * go out twice, and at most one batch per consumer is kept.
 */
final class RecordAttempts {

	private final Deliveries deliveries;

	private final Queue<Outcome> remaining = new ConcurrentLinkedQueue<>();

	RecordAttempts(Deliveries deliveries) {
		this.deliveries = deliveries;
	}

	/** Records these, or keeps them and errors. */
	Mono<Void> record(List<Attempt> attempts, Claim claim) {
		return attempts.isEmpty() ? Mono.empty() : recordOrKeep(new Outcome(List.copyOf(attempts), claim));
	}

	/** Records what was kept; errors when that is still not possible. */
	Mono<Void> recordRemaining() {
		return Mono.defer(() -> {
			Outcome outcome = this.remaining.poll();
			return (outcome != null) ? recordOrKeep(outcome).then(recordRemaining()) : Mono.empty();
		});
	}

	/** How many batches are kept. */
	int kept() {
		return this.remaining.size();
	}

	private Mono<Void> recordOrKeep(Outcome outcome) {
		return Flux
			.usingWhen(Mono.just(outcome), this::record, (done) -> Mono.empty(), (failed, ex) -> keep(failed),
					this::keep)
			.then();
	}

	private Mono<Void> record(Outcome outcome) {
		return this.deliveries.record(outcome.attempts(), outcome.claim());
	}

	private Mono<Void> keep(Outcome outcome) {
		return Mono.fromRunnable(() -> this.remaining.add(outcome));
	}

	private record Outcome(List<Attempt> attempts, Claim claim) {
	}

}
