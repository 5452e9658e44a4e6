package com.banqup.invitations.cli.api;

/** The program is to end. */
public final class Interrupted extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public Interrupted(InterruptedException cause) {
		super("interrupted", cause);
	}

}
