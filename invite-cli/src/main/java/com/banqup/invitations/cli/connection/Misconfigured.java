package com.banqup.invitations.cli.connection;

/**
 * What is needed for a connection is missing or makes no sense: the user has to say it.
 */
public final class Misconfigured extends RuntimeException {

	private static final long serialVersionUID = 1L;

	Misconfigured(String message) {
		super(message);
	}

}
