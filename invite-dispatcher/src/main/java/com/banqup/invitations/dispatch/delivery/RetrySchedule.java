package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** When a mail that was not taken is tried again, and how often. */
public final class RetrySchedule {

	private final List<Duration> delays;

	private final double jitter;

	private final DoubleSupplier random;

	/**
	 * Creates it.
	 * @param properties delays and jitter
	 * @param random evenly distributed in [0, 1)
	 */
	public RetrySchedule(RetryProperties properties, DoubleSupplier random) {
		this.delays = List.copyOf(properties.delays());
		this.jitter = properties.jitter();
		this.random = random;
	}

	/**
	 * When the next attempt is due, empty when there were enough.
	 * @param attempts how many were made, at least 1
	 * @param now when the last one failed
	 */
	Optional<Instant> nextAttempt(int attempts, Instant now) {
		if (attempts > this.delays.size()) {
			return Optional.empty();
		}
		Duration delay = this.delays.get(attempts - 1);
		double factor = 1 + this.jitter * (2 * this.random.getAsDouble() - 1);
		return Optional.of(now.plusMillis(Math.round(delay.toMillis() * factor)));
	}

}
