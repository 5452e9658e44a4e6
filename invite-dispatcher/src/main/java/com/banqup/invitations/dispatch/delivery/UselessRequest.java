package com.banqup.invitations.dispatch.delivery;

import java.util.Optional;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody can ever carry out.
 *
 * @param letter the request as it came, and why
 * @param subject whom it concerns, null when it asks for no mail or cannot be read
 */
public record UselessRequest(DeadLetter letter, DeliveryEvent.@Nullable Subject subject) {

	/** What others are told, if anything: there was no attempt and there will be none. */
	public Optional<DeliveryEvent.Undeliverable> event() {
		return Optional.ofNullable(this.subject)
			.map((known) -> new DeliveryEvent.Undeliverable(known, this.letter.at(), this.letter.reasonCode(), null,
					null, 0));
	}

}
