package com.banqup.invitations.api.invitation.web;

import java.util.List;

import com.banqup.invitations.api.invitation.InviteOutcome;
import com.banqup.invitations.api.invitation.InviteOutcome.Accepted;
import com.banqup.invitations.api.invitation.InviteOutcome.Refused;
import com.banqup.invitations.api.invitation.RefusalReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import org.springframework.stereotype.Component;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;

/** Counts clients that were invited, and those that were not, by reason. */
@Component
class InviteCounters {

	private final MeterRegistry meters;

	InviteCounters(MeterRegistry meters) {
		this.meters = meters;
		counter("accepted", "none");
		for (RefusalReason reason : RefusalReason.values()) {
			counter("refused", reason.code());
		}
	}

	/**
	 * Gives the outcomes back and counts them when the running transaction commits, at
	 * once if there is none: then it has committed.
	 */
	Mono<List<InviteOutcome>> countWhenCommitted(List<InviteOutcome> outcomes) {
		return TransactionSynchronizationManager.forCurrentTransaction()
			.flatMap((transaction) -> Mono
				.<Void>fromRunnable(() -> transaction.registerSynchronization(new CountAfterCommit(outcomes))))
			.onErrorResume(NoTransactionException.class, (none) -> Mono.fromRunnable(() -> count(outcomes)))
			.thenReturn(outcomes);
	}

	private void count(List<InviteOutcome> outcomes) {
		for (InviteOutcome outcome : outcomes) {
			switch (outcome) {
				case Accepted accepted -> counter("accepted", "none").increment();
				case Refused refused -> counter("refused", refused.reason().code()).increment();
			}
		}
	}

	private Counter counter(String outcome, String reason) {
		return Counter.builder("invitations.requested")
			.description("Clients named in requests to invite")
			.tag("outcome", outcome)
			.tag("reason", reason)
			.register(this.meters);
	}

	private final class CountAfterCommit implements TransactionSynchronization {

		private final List<InviteOutcome> outcomes;

		private CountAfterCommit(List<InviteOutcome> outcomes) {
			this.outcomes = outcomes;
		}

		@Override
		public Mono<Void> afterCommit() {
			return Mono.fromRunnable(() -> count(this.outcomes));
		}

	}

}
