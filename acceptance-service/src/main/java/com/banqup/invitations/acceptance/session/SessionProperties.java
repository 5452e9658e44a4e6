package com.banqup.invitations.acceptance.session;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long sessions live.
 *
 * @param idleTimeout how long after the last request
 * @param lifetime how long at most, however busy
 * @param touchInterval how stale the time of the last request may get before it is
 * written
 * @param sweepInterval how often expired sessions are deleted
 */
@Validated
@ConfigurationProperties("acceptance.session")
public record SessionProperties(@DefaultValue("30m") Duration idleTimeout, @DefaultValue("12h") Duration lifetime,
		@DefaultValue("1m") Duration touchInterval, @DefaultValue("5m") Duration sweepInterval) {

	public SessionProperties {
		requirePositive("idle-timeout", idleTimeout);
		requirePositive("sweep-interval", sweepInterval);
		if (lifetime.compareTo(idleTimeout) < 0) {
			throw new IllegalArgumentException("acceptance.session.lifetime: %s (expected: at least idle-timeout, %s)"
				.formatted(lifetime, idleTimeout));
		}
		if (touchInterval.isNegative() || touchInterval.compareTo(idleTimeout) >= 0) {
			throw new IllegalArgumentException(
					"acceptance.session.touch-interval: %s (expected: below idle-timeout, %s)".formatted(touchInterval,
							idleTimeout));
		}
	}

	private static void requirePositive(String name, Duration duration) {
		if (!duration.isPositive()) {
			throw new IllegalArgumentException(
					"acceptance.session.%s: %s (expected: more than 0)".formatted(name, duration));
		}
	}

}
