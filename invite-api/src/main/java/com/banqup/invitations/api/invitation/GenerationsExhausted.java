package com.banqup.invitations.api.invitation;

/** The invitation was sent as often as its links can count. */
public class GenerationsExhausted extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public GenerationsExhausted(InvitationId id) {
		super("Invitation " + id + " has no further generation");
	}

}
