package com.banqup.invitations.devstack.demo;

/** A service is away or busy: what was asked may be asked again. */
final class TemporaryFailure extends RuntimeException {

	TemporaryFailure(String message) {
		super(message);
	}

	TemporaryFailure(String message, Throwable cause) {
		super(message, cause);
	}

}
