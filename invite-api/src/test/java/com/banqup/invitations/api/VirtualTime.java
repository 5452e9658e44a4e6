package com.banqup.invitations.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bucket4j.TimeMeter;

/** A time that passes when a test says so: nobody's requests are forgotten meanwhile. */
public final class VirtualTime implements TimeMeter {

	private final AtomicLong nanos = new AtomicLong();

	public void advance(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	@Override
	public long currentTimeNanos() {
		return this.nanos.get();
	}

	@Override
	public boolean isWallClockBased() {
		return false;
	}

}
