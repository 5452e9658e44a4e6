package com.banqup.invitations.api.invitation;

/** Whether an invitation can still be accepted. */
public enum InvitationState {

	/** Waits for the client. */
	PENDING,

	/** The client accepted; the spaces are linked. */
	ACCEPTED,

	/** Its time ran out; it can be sent again. */
	EXPIRED,

	/** The partner withdrew it and the acceptance service confirmed. */
	REVOKED

}
