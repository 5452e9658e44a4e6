package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.link.LinkToken;
import reactor.core.publisher.Mono;

/** The invitations that this service knows. All changes are guarded: see each method. */
public interface Invitations {

	/** The invitation with this id, empty when it is not known. */
	Mono<Invitation> find(UUID id);

	/**
	 * Stores what was requested, in one statement. Only a higher generation than the
	 * known one changes anything, and nothing changes what was accepted; a revoked
	 * invitation stays revoked.
	 * @param requests at most one per invitation
	 * @return how many were new or newer
	 */
	Mono<Long> learn(Collection<RequestedInvitation> requests);

	/**
	 * Ends what is pending or not yet known, in one statement.
	 * @param revocations at most one per invitation
	 * @return those that took effect: neither accepted nor revoked before
	 */
	Mono<List<Revocation>> revoke(Collection<Revocation> revocations, Instant now);

	/**
	 * Moves a pending, unexpired invitation forwards to this step.
	 * @return the invitation, empty when it already was at this step or beyond, or cannot
	 * be accepted by this link
	 */
	Mono<Invitation> advance(LinkToken link, ProgressStep step, Instant now);

	/**
	 * Marks the invitation as accepted if the link can be accepted at this moment. Of
	 * concurrent callers one at most gets it; the others wait for its transaction.
	 * @return the invitation as accepted, empty when it cannot be claimed
	 */
	Mono<Invitation> claim(LinkToken link, UUID accountId, Instant now);

}
