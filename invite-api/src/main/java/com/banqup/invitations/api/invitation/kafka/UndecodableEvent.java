package com.banqup.invitations.api.invitation.kafka;

import org.jspecify.annotations.Nullable;

/** The bytes of a record are none of a record that anybody can decode. */
class UndecodableEvent extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UndecodableEvent(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
