package com.banqup.invitations.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The present time plus what a test adds to it. */
public final class MutableClock extends Clock {

	private final Clock base = Clock.tickMillis(ZoneOffset.UTC);

	private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

	public void advance(Duration time) {
		this.ahead.accumulateAndGet(time, Duration::plus);
	}

	public void reset() {
		this.ahead.set(Duration.ZERO);
	}

	@Override
	public Instant instant() {
		return this.base.instant().plus(this.ahead.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

}
