package com.banqup.invitations.api.invitation.kafka;

/** A record could not be decoded yet because the schema registry did not answer. */
class RegistryUnavailable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RegistryUnavailable(String message, Throwable cause) {
		super(message, cause);
	}

}
