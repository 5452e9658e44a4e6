package com.banqup.invitations.acceptance.invitation;

/**
 * What was decided about an invitation. Expiry is no decision: it follows from the clock,
 * see {@link LinkState}.
 */
public enum InvitationState {

	/** Nobody has accepted or revoked it. */
	PENDING,

	/** An account accepted it: the spaces are linked. */
	ACCEPTED,

	/** The partner ended it. */
	REVOKED

}
