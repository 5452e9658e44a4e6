package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;

/** The request asks for more mails than the Partner Space can have on this day. */
public class DailyLimitReached extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final long limit;

	private final long asked;

	private final int more;

	private final Instant until;

	private final Duration wait;

	DailyLimitReached(long limit, long asked, int more, Instant until, Duration wait) {
		super(asked + " mails asked for today, and " + more + " more (expected: at most " + limit + ")");
		this.limit = limit;
		this.asked = asked;
		this.more = more;
		this.until = until;
		this.wait = wait;
	}

	/** How many it can have on a day. */
	public long limit() {
		return this.limit;
	}

	/** How many it has on this day, without those of the request. */
	public long asked() {
		return this.asked;
	}

	/** How many the request asks for. */
	public int more() {
		return this.more;
	}

	/** When the next day begins. */
	public Instant until() {
		return this.until;
	}

	/** How long that is from now. */
	public Duration untilThen() {
		return this.wait;
	}

}
