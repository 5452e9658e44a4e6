package com.banqup.invitations.cli.command;

/** The command line asks for something that cannot be done. */
final class Misuse extends RuntimeException {

	private static final long serialVersionUID = 1L;

	Misuse(String message) {
		super(message);
	}

}
