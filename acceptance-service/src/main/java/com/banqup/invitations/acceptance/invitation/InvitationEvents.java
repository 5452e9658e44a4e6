package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.Collection;

import reactor.core.publisher.Mono;

/**
 * Tells the world what happened to invitations, as part of the running transaction: what
 * is rolled back is not told. An error without a running transaction.
 */
public interface InvitationEvents {

	/** The client took this step. */
	Mono<Void> progressed(Invitation invitation, ProgressStep step, Instant at);

	/** These invitations were ended. */
	Mono<Void> revoked(Collection<Revocation> revocations, Instant at);

}
