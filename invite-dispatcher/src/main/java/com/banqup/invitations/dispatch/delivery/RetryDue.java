package com.banqup.invitations.dispatch.delivery;

import reactor.core.publisher.Mono;

/** Tries deferred deliveries again when their time has come. */
public final class RetryDue {

	private final Deliveries deliveries;

	private final MailRuns runs;

	private final RetryProperties properties;

	RetryDue(Deliveries deliveries, MailRuns runs, RetryProperties properties) {
		this.deliveries = deliveries;
		this.runs = runs;
		this.properties = properties;
	}

	/**
	 * Tries one batch.
	 * @return whether more may be due and nothing is in the way
	 */
	public Mono<Boolean> retry() {
		return this.runs.start((claim) -> this.deliveries.claimDue(this.properties.batchSize(), claim)
			.flatMap((due) -> this.runs.make(due, claim, this.properties.concurrency())
				.map((run) -> due.size() == this.properties.batchSize() && isFree(run))));
	}

	private static boolean isFree(MailRuns.Report run) {
		return run.hindrance().isEmpty();
	}

}
