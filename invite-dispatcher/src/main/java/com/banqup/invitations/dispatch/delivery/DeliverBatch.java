package com.banqup.invitations.dispatch.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

/**
 * Delivers what is asked for: one mail per invitation and generation, unless this process
 * dies between sending and recording.
 */
public final class DeliverBatch {

	private final Deliveries deliveries;

	private final MailRuns runs;

	DeliverBatch(Deliveries deliveries, MailRuns runs) {
		this.deliveries = deliveries;
		this.runs = runs;
	}

	/**
	 * Delivers a batch. An error means that the ledger could not be reached: the whole
	 * batch is to be delivered again, and what was sent of it will not be sent twice.
	 * @param batch what came in
	 * @param concurrency how many mails are sent at a time
	 * @return how it ended; what is open is to be delivered again
	 */
	public Mono<BatchReport> deliver(RequestBatch batch, int concurrency) {
		return this.runs.make((claim) -> this.deliveries.admit(batch, claim), concurrency).map(DeliverBatch::report);
	}

	private static BatchReport report(MailRuns.Report run) {
		Set<DeliveryId> held = run.admission().heldElsewhere();
		Set<DeliveryId> open = Stream.concat(run.notMade().stream(), held.stream())
			.collect(Collectors.toUnmodifiableSet());
		Optional<Hindrance> hindrance = run.hindrance()
			.or(() -> held.isEmpty() ? Optional.empty() : Optional.of(Hindrance.HELD_ELSEWHERE));
		return new BatchReport(open, hindrance, run.attempted());
	}

}
