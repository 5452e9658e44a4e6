package com.banqup.invitations.systemtests.bench;

/** A command line that cannot be understood. */
final class UsageException extends RuntimeException {

	UsageException(String message) {
		super(message);
	}

}
