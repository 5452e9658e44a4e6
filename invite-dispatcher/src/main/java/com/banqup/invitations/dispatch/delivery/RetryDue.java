package com.banqup.invitations.dispatch.delivery;

import java.util.List;

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
			.make(List.of((claim) -> this.deliveries.claimDue(this.properties.batchSize(), claim)),
					this.properties.batchSize(), this.properties.concurrency())
			.map(this::mayGoOn);
	}

	private boolean mayGoOn(MailRuns.Report run) {
		Admission admission = run.admissions().getFirst();
		int due = admission.claimed().size() + admission.cancelled();
		return due == this.properties.batchSize() && run.hindrance().isEmpty();
	}

}
