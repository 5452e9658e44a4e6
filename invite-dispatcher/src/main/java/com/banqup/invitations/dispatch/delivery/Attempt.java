package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;

import com.banqup.invitations.dispatch.mail.MailReceipt;
import org.jspecify.annotations.Nullable;

/** What became of a claimed delivery. */
public sealed interface Attempt {

	/** The delivery. */
	Delivery delivery();

	/**
	 * The relay took the mail.
	 *
	 * @param delivery the delivery
	 * @param at when the attempt ended
	 * @param receipt the relay's answer
	 */
	record Sent(Delivery delivery, Instant at, MailReceipt receipt) implements Attempt {
	}

	/**
	 * It will be tried again.
	 *
	 * @param delivery the delivery
	 * @param at when the attempt ended
	 * @param failure why it failed
	 * @param nextAttemptAt when it is tried again
	 */
	record Deferred(Delivery delivery, Instant at, Failure failure, Instant nextAttemptAt) implements Attempt {
	}

	/**
	 * It will never be tried again.
	 *
	 * @param delivery the delivery
	 * @param at when the attempt ended
	 * @param failure why it failed
	 * @param reasonCode why it is given up: the failure's own reason, or
	 * {@link #ATTEMPTS_EXHAUSTED}
	 */
	record Rejected(Delivery delivery, Instant at, Failure failure, String reasonCode) implements Attempt {

		/** Every attempt ended in a temporary failure, and there were enough. */
		public static final String ATTEMPTS_EXHAUSTED = "attempts-exhausted";

	}

	/**
	 * Nothing was sent and nobody is to blame: the claim is given back, no attempt
	 * counts.
	 *
	 * @param delivery the delivery
	 */
	record NotMade(Delivery delivery) implements Attempt {
	}

	/**
	 * Why an attempt failed.
	 *
	 * @param reasonCode stable code of the reason
	 * @param replyCode the relay's reply code, null when there was none
	 * @param enhancedStatus the enhanced status code, null when there was none
	 * @param text what the relay said, bounded and free of addresses
	 * @param took how long the attempt took
	 */
	record Failure(String reasonCode, @Nullable Integer replyCode, @Nullable String enhancedStatus, String text,
			Duration took) {
	}

}
