package com.banqup.invitations.systemtests.bench;

/** A measurement that did not come to its end, with what a user should know. */
final class BenchFailure extends RuntimeException {

	BenchFailure(String message) {
		super(message);
	}

	BenchFailure(String message, Throwable cause) {
		super(message, cause);
	}

}
