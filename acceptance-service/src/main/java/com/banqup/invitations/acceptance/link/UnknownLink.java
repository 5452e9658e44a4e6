package com.banqup.invitations.acceptance.link;

/** We did not make this link. */
public class UnknownLink extends RuntimeException {

	public UnknownLink() {
		super("link: unknown", null, false, false);
	}

}
