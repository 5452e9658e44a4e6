package com.banqup.invitations.api.invitation;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The delivery of an invitation's current generation.
 *
 * @param state what became of the mail
 * @param reason stable code of the reason, null when there is none
 * @param replyCode the relay's SMTP reply code, null when there was none
 * @param attempts attempts made so far
 * @param nextAttemptAt when the next attempt is due, null when none is
 * @param at since when it is so
 */
public record Delivery(DeliveryState state, @Nullable String reason, @Nullable Integer replyCode, int attempts,
		@Nullable Instant nextAttemptAt, Instant at) {

	/**
	 * Reason of a mail of a bulk that is queued, but nothing was heard of it for so long
	 * that the request must have been lost.
	 */
	public static final String NOTHING_HEARD = "nothing-heard";

	/** The delivery of a generation that was just requested. */
	static Delivery queued(Instant at) {
		return new Delivery(DeliveryState.QUEUED, null, null, 0, null, at);
	}

}
