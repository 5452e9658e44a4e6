package com.banqup.invitations.api.invitation;

/** The Partner Space has no such invitation. */
public class InvitationNotFound extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public InvitationNotFound(InvitationId id) {
		super("No invitation " + id);
	}

}
