package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How dead letters are published.
 *
 * @param batchSize how many at a time
 * @param interval how often to look for new ones
 */
@Validated
@ConfigurationProperties("dispatch.dead-letters")
public record DeadLetterProperties(@DefaultValue("100") @Positive int batchSize,
		@DefaultValue("2s") @NotNull Duration interval) {

	public DeadLetterProperties {
		if (!interval.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.dead-letters.interval: %s (expected: more than nothing)".formatted(interval));
		}
	}

}
