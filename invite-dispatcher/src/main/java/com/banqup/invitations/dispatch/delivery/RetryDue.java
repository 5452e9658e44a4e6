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
		return this.runs
			.make((claim) -> this.deliveries.claimDue(this.properties.batchSize(), claim),
					this.properties.concurrency())
			.map(this::mayGoOn);
	}

	private boolean mayGoOn(MailRuns.Report run) {
		int due = run.admission().claimed().size() + run.admission().cancelled();
		return due == this.properties.batchSize() && run.hindrance().isEmpty();
	}

}
