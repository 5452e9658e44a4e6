package com.banqup.invitations.api.invitation;

/** There is no invitation that could be sent again or ended. */
public class NoPendingInvitation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public NoPendingInvitation(String message) {
		super(message);
	}

}
