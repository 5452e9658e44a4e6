package com.banqup.invitations.outbox;

import org.jspecify.annotations.Nullable;

/**
 * Nothing can be published at the moment: Kafka or the schema registry is at fault. The
 * rows stay and are tried until it is back.
 */
final class PublishingUnavailable extends Exception {

	private static final long serialVersionUID = 1L;

	PublishingUnavailable(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
