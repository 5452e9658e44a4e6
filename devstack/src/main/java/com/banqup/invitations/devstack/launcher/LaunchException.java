package com.banqup.invitations.devstack.launcher;

/** The system cannot be started or reached; the message is for the user. */
public class LaunchException extends RuntimeException {

	public LaunchException(String message) {
		super(message);
	}

	public LaunchException(String message, Throwable cause) {
		super(message, cause);
	}

}
