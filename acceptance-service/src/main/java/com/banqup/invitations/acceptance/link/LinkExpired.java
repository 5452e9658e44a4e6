package com.banqup.invitations.acceptance.link;

/** The link came too late; the partner can resend the invitation. */
public class LinkExpired extends RuntimeException {

	public LinkExpired() {
		super("link: expired", null, false, false);
	}

}
