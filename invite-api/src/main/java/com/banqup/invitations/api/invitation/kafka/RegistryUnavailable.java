package com.banqup.invitations.api.invitation.kafka;

import org.jspecify.annotations.Nullable;

/** A record could not be decoded yet because the schema registry did not answer. */
class RegistryUnavailable extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RegistryUnavailable(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
