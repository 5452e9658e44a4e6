package com.banqup.invitations.devstack.host;

/** Another process listens on a port that the stack was told to use. */
public final class PortTakenException extends IllegalStateException {

	PortTakenException(int port, String purpose, Throwable cause) {
		super("port %d, wanted for %s, cannot be bound on 127.0.0.1 (%s)".formatted(port, purpose, cause.getMessage()),
				cause);
	}

}
