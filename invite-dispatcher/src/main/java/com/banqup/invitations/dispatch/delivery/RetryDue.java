package com.banqup.invitations.dispatch.delivery;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import com.banqup.invitations.dispatch.delivery.RetryProperties.LaneProperties;
import reactor.core.publisher.Mono;

/**
 * Tries deferred deliveries again when their time has come. Single invitations and bulks
 * have a budget each: nobody's single invitation waits for a bulk that came up before it.
 * Each of the two may be under way once at a time.
 */
public final class RetryDue {

	private final Deliveries deliveries;

	private final MailRuns runs;

	private final RetryProperties properties;

	/** The Partner Space whose bulk had the last turn. */
	private volatile UUID served = new UUID(0, 0);

	RetryDue(Deliveries deliveries, MailRuns runs, RetryProperties properties) {
		this.deliveries = deliveries;
		this.runs = runs;
		this.properties = properties;
	}

	/**
	 * Tries one batch of single invitations.
	 * @return whether more may be due and nothing is in the way
	 */
	public Mono<Boolean> retrySingle() {
		LaneProperties budget = this.properties.interactive();
		return retry((claim) -> this.deliveries.claimDueSingle(budget.batchSize(), claim), budget)
			.map(RetryDue::mayGoOn);
	}

	/**
	 * Tries one batch of mails of bulks; Partner Spaces take turns.
	 * @return whether more may be due and nothing is in the way
	 */
	public Mono<Boolean> retryBulks() {
		LaneProperties budget = this.properties.bulk();
		return retry((claim) -> this.deliveries.claimDueOfBulks(this.served, budget.batchSize(), claim), budget)
			.map(this::passTheTurn)
			.map(RetryDue::mayGoOn);
	}

	private Mono<MailRuns.Report> retry(Function<Claim, Mono<Admission>> claimDue, LaneProperties budget) {
		return this.runs.make(List.of(claimDue), budget.batchSize(), budget.concurrency());
	}

	/** To those after the last whose mail was tried, however little time there was. */
	private MailRuns.Report passTheTurn(MailRuns.Report run) {
		Set<DeliveryId> notMade = Set.copyOf(run.notMade());
		run.admissions()
			.getFirst()
			.claimed()
			.reversed()
			.stream()
			.filter((delivery) -> !notMade.contains(delivery.id()))
			.findFirst()
			.ifPresent((last) -> this.served = last.request().partnerSpaceId());
		return run;
	}

	private static boolean mayGoOn(MailRuns.Report run) {
		Admission admission = run.admissions().getFirst();
		return admission.claimed().size() + admission.cancelled() > 0 && run.hindrance().isEmpty();
	}

}
