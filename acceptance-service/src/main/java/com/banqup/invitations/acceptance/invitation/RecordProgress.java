package com.banqup.invitations.acceptance.invitation;

import java.time.Clock;
import java.time.Instant;

import com.banqup.invitations.link.LinkToken;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Lets the partner see how far the client got. Only ever forwards. */
@Component
public class RecordProgress {

	private final Invitations invitations;

	private final InvitationEvents events;

	private final TransactionalOperator transaction;

	private final Clock clock;

	RecordProgress(Invitations invitations, InvitationEvents events, TransactionalOperator transaction, Clock clock) {
		this.invitations = invitations;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Records the step and tells of it, once. Does nothing when the client already got
	 * this far, or when the link cannot be accepted any more.
	 */
	public Mono<Void> record(LinkToken link, ProgressStep step) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			return this.invitations.advance(link, step, now)
				.flatMap((invitation) -> this.events.progressed(invitation, step, now))
				.as(this.transaction::transactional);
		});
	}

}
