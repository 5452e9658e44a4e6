package com.banqup.invitations.devstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Notices that a number has not moved for too long. */
final class Stillness {

	private final Duration patience;

	private final InstantSource clock;

	private int last = Integer.MIN_VALUE;

	private Instant movedAt;

	Stillness(Duration patience, InstantSource clock) {
		this.patience = patience;
		this.clock = clock;
		this.movedAt = clock.instant();
	}

	/**
	 * Takes note of the number.
	 * @throws DemoException when it has not moved within the patience
	 */
	void check(String what, int value) {
		Instant now = this.clock.instant();
		if (value != this.last) {
			this.last = value;
			this.movedAt = now;
		}
		else if (Duration.between(this.movedAt, now).compareTo(this.patience) > 0) {
			throw new DemoException("%s: %d for %d s now".formatted(what, value, this.patience.toSeconds()));
		}
	}

}
