package com.banqup.invitations.cli.api;

/** The server, or something before it, does not send events. */
public final class NoEvents extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NoEvents(String message) {
		super(message);
	}

}
