package com.banqup.invitations.devstack.launcher;

/** The command line cannot be understood; the message says what is wrong with it. */
final class UsageException extends RuntimeException {

	UsageException(String message) {
		super(message);
	}

}
