package com.banqup.invitations.acceptance.link;

/** A newer mail of the same invitation carries the link to use. */
public class LinkSuperseded extends RuntimeException {

	public LinkSuperseded() {
		super("link: superseded by a newer one", null, false, false);
	}

}
