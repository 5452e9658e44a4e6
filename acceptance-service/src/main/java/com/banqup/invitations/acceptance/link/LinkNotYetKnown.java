package com.banqup.invitations.acceptance.link;

/** The link is genuine, but its invitation has not arrived here yet: try again soon. */
public class LinkNotYetKnown extends RuntimeException {

	public LinkNotYetKnown() {
		super("link: its invitation is not known yet", null, false, false);
	}

}
