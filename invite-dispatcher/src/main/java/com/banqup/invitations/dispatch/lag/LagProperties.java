package com.banqup.invitations.dispatch.lag;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How lag is measured.
 *
 * @param interval how often
 * @param timeout the longest that one question to the brokers may take
 */
@Validated
@ConfigurationProperties("dispatch.lag")
public record LagProperties(@DefaultValue("5s") @NotNull Duration interval,
		@DefaultValue("5s") @NotNull Duration timeout) {

	public LagProperties {
		requirePositive("interval", interval);
		requirePositive("timeout", timeout);
	}

	private static void requirePositive(String property, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.lag.%s: %s (expected: more than nothing)".formatted(property, value));
		}
	}

}
