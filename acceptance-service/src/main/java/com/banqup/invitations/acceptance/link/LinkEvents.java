package com.banqup.invitations.acceptance.link;

import com.banqup.invitations.acceptance.consent.Consent;
import com.banqup.invitations.acceptance.invitation.Invitation;
import reactor.core.publisher.Mono;

/**
 * Tells the world about links, as part of the running transaction: what is rolled back is
 * not told. An error without a running transaction.
 */
public interface LinkEvents {

	/** The client confirmed, and the spaces are linked. */
	Mono<Void> established(Invitation invitation, Consent consent);

}
