package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.r2dbc.Rows;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says to a delivery.
 *
 * @param kind what is to be done
 * @param subject the delivery
 * @param reasonCode why it was cancelled
 * @param attempts how many attempts were made before
 */
record Verdict(Kind kind, DeliveryEvent.Subject subject, @Nullable String reasonCode, int attempts) {

	static Verdict of(Readable row) {
		DeliveryEvent.Subject subject = new DeliveryEvent.Subject(idOf(row),
				Rows.required(row, "partner_space_id", UUID.class), Rows.required(row, "client_id", UUID.class));
		return new Verdict(Kind.valueOf(Rows.required(row, "verdict", String.class)), subject,
				row.get("reason_code", String.class), Rows.required(row, "attempts", Integer.class));
	}

	static DeliveryId idOf(Readable row) {
		return new DeliveryId(Rows.required(row, "invitation_id", UUID.class),
				Rows.required(row, "generation", Integer.class));
	}

	/** The events of those that were cancelled. */
	static List<DeliveryEvent.Cancelled> cancelled(Collection<Verdict> verdicts, Instant at) {
		return verdicts.stream()
			.filter((verdict) -> verdict.kind() == Kind.CANCELLED)
			.map((verdict) -> new DeliveryEvent.Cancelled(verdict.subject(), at,
					Objects.requireNonNull(verdict.reasonCode())))
			.toList();
	}

	enum Kind {

		/** Ours to attempt. */
		CLAIMED,

		/** Not wanted any more. */
		CANCELLED,

		/** Somebody else is at it. */
		HELD

	}

}
