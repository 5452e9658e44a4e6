package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Something that others want to know about a delivery. */
public sealed interface DeliveryEvent {

	/** Whom it concerns. */
	Subject subject();

	/** When it happened. */
	Instant at();

	/**
	 * Whom an event concerns.
	 *
	 * @param id the delivery
	 * @param partnerSpaceId the Partner Space that invites
	 * @param clientId the client within it
	 */
	record Subject(DeliveryId id, UUID partnerSpaceId, UUID clientId) {
	}

	/** The relay took the mail. */
	record Sent(Subject subject, Instant at, int replyCode, int attempts) implements DeliveryEvent {
	}

	/** The mail will be tried again. */
	record Deferred(Subject subject, Instant at, String reasonCode, @Nullable Integer replyCode, int attempts,
			Instant nextAttemptAt) implements DeliveryEvent {
	}

	/** The mail will never be tried again. */
	record Undeliverable(Subject subject, Instant at, String reasonCode, @Nullable Integer replyCode,
			@Nullable String enhancedStatus, int attempts) implements DeliveryEvent {
	}

	/** The mail was no longer wanted. */
	record Cancelled(Subject subject, Instant at, String reasonCode) implements DeliveryEvent {

		/** The partner revoked the invitation. */
		public static final String REVOKED = "revoked";

		/** A later mail of the same invitation was asked for. */
		public static final String SUPERSEDED = "superseded";

		/** The partner cancelled the bulk it belongs to. */
		public static final String BATCH_CANCELLED = "batch-cancelled";

		/** Its link would not work any more. */
		public static final String EXPIRED = "expired";

	}

}
