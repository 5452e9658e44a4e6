package com.banqup.invitations.acceptance.link;

/** The partner ended the invitation. */
public class InvitationRevoked extends RuntimeException {

	public InvitationRevoked() {
		super("invitation: revoked", null, false, false);
	}

}
