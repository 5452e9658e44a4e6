package com.banqup.invitations.cli.api;

/** There is no answer, or not all of it: asking again may help. */
public final class Unreachable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public Unreachable(String message, Throwable cause) {
		super(message, cause);
	}

}
