package com.banqup.invitations.schemas;

import java.time.Instant;

/**
 * The moments that a request may carry. Whoever reads requests goes by this one rule, or
 * the dispatcher mails links that the acceptance service refuses to know.
 */
public final class PlausibleTimes {

	/** The first one. */
	public static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

	/** The first one after all of them. */
	public static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

	private PlausibleTimes() {
	}

	/** Whether a request may carry this moment. */
	public static boolean include(Instant moment) {
		return !moment.isBefore(EARLIEST) && moment.isBefore(END);
	}

}
