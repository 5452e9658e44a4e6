package com.banqup.invitations.dispatch.delivery;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
	 * @param chunkSize how many requests are claimed, and recorded, together
	 * @param concurrency how many mails are sent at a time
	 * @return how it ended; what is open is to be delivered again
	 */
	public Mono<BatchReport> deliver(RequestBatch batch, int chunkSize, int concurrency) {
		List<RequestBatch> chunks = batch.inChunks(chunkSize);
		return this.runs.make(chunks.stream().map(this::admission).toList(), chunkSize, concurrency)
			.map((run) -> report(chunks, run));
	}

	private Function<Claim, Mono<Admission>> admission(RequestBatch chunk) {
		return (claim) -> this.deliveries.admit(chunk, claim);
	}

	private static BatchReport report(List<RequestBatch> chunks, MailRuns.Report run) {
		Set<DeliveryId> open = new HashSet<>(run.notMade());
		chunks.subList(run.admissions().size(), chunks.size())
			.forEach((left) -> left.requests().forEach((request) -> open.add(request.id())));
		Optional<Hindrance> hindrance = run.hindrance();
		for (Admission admission : run.admissions()) {
			open.addAll(admission.heldElsewhere());
			if (hindrance.isEmpty() && !admission.heldElsewhere().isEmpty()) {
				hindrance = Optional.of(Hindrance.HELD_ELSEWHERE);
			}
		}
		return new BatchReport(open, hindrance, run.attempted());
	}

}
