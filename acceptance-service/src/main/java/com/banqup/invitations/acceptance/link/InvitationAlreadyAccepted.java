package com.banqup.invitations.acceptance.link;

/** The invitation was accepted before, by somebody else or for another Business Space. */
public class InvitationAlreadyAccepted extends RuntimeException {

	public InvitationAlreadyAccepted() {
		super("invitation: already accepted", null, false, false);
	}

}
