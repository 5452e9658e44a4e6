package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import org.jspecify.annotations.Nullable;

/** What became of a claimed delivery. */
public sealed interface Attempt {

	/** The delivery. */
	Delivery delivery();

	/** The same without the relay's own words. */
	Attempt withoutReply();

	/** An attempt that was made: it counts. */
	sealed interface Made extends Attempt {

		/** When it ended. */
		Instant at();

		/**
		 * What others are told.
		 * @param attempts how many attempts were made, this one included
		 */
		DeliveryEvent event(int attempts);

	}

	/**
	 * The relay took the mail.
	 *
	 * @param delivery the delivery
	 * @param at when the attempt ended
	 * @param receipt the relay's answer
	 */
	record Sent(Delivery delivery, Instant at, MailReceipt receipt) implements Made {

		@Override
		public Sent withoutReply() {
			return new Sent(this.delivery, this.at, new MailReceipt(this.receipt.replyCode(), "", this.receipt.took()));
		}

		@Override
		public DeliveryEvent event(int attempts) {
			return new DeliveryEvent.Sent(this.delivery.subject(), this.at, this.receipt.replyCode(), attempts);
		}

	}

	/**
	 * It will be tried again.
	 *
	 * @param delivery the delivery
	 * @param at when the attempt ended
	 * @param failure why it failed
	 * @param nextAttemptAt when it is tried again
	 */
	record Deferred(Delivery delivery, Instant at, Failure failure, Instant nextAttemptAt) implements Made {

		@Override
		public Deferred withoutReply() {
			return new Deferred(this.delivery, this.at, this.failure.withoutReply(), this.nextAttemptAt);
		}

		/** The same without another attempt. */
		public Rejected givenUp() {
			return new Rejected(this.delivery, this.at, this.failure.withoutReply(), Rejected.UNSTORABLE);
		}

		@Override
		public DeliveryEvent event(int attempts) {
			return new DeliveryEvent.Deferred(this.delivery.subject(), this.at, this.failure.reasonCode(),
					this.failure.replyCode(), attempts, this.nextAttemptAt);
		}

	}

	/**
	 * It will never be tried again.
	 *
	 * @param delivery the delivery
	 * @param at when the attempt ended
	 * @param failure why it failed
	 * @param reasonCode why it is given up: the failure's own reason,
	 * {@link #ATTEMPTS_EXHAUSTED} or {@link #UNSTORABLE}
	 */
	record Rejected(Delivery delivery, Instant at, Failure failure, String reasonCode) implements Made {

		/** Every attempt ended in a temporary failure, and there were enough. */
		public static final String ATTEMPTS_EXHAUSTED = "attempts-exhausted";

		/** The database takes for no value what another attempt would need. */
		public static final String UNSTORABLE = "unstorable";

		@Override
		public Rejected withoutReply() {
			return new Rejected(this.delivery, this.at, this.failure.withoutReply(), this.reasonCode);
		}

		@Override
		public DeliveryEvent event(int attempts) {
			return new DeliveryEvent.Undeliverable(this.delivery.subject(), this.at, this.reasonCode,
					this.failure.replyCode(), this.failure.enhancedStatus(), attempts);
		}

		/** The request, given up. */
		public DeadLetter deadLetter() {
			String detail = "%s (reply %s %s): %s".formatted(this.failure.reasonCode(), this.failure.replyCode(),
					this.failure.enhancedStatus(), this.failure.text());
			return new DeadLetter(this.delivery.request().original(), this.reasonCode, detail, this.at);
		}

	}

	/**
	 * Nothing was sent and nobody is to blame: the claim is given back, no attempt
	 * counts.
	 *
	 * @param delivery the delivery
	 */
	record NotMade(Delivery delivery) implements Attempt {

		@Override
		public NotMade withoutReply() {
			return this;
		}

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

		Failure withoutReply() {
			return new Failure(this.reasonCode, this.replyCode, null, "", this.took);
		}

	}

}
