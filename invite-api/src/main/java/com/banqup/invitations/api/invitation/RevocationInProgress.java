package com.banqup.invitations.api.invitation;

/** The partner has asked to end the invitation; the answer is awaited. */
public class RevocationInProgress extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public RevocationInProgress(InvitationId id) {
		super("Revocation of " + id + " is in progress");
	}

}
