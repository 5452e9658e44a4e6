package com.banqup.invitations.acceptance.invitation.kafka;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How requests are taken from Kafka.
 *
 * @param batchTimeout how long a batch may take before it is given up and tried again
 * @param concurrency consumers for single requests, and as many for bulks
 * @param maxBackoff the longest pause before a batch is tried again
 * @param sampleInterval how often the unusable ones are counted
 */
@Validated
@ConfigurationProperties("acceptance.requests")
record RequestsProperties(@DefaultValue("30s") @NotNull Duration batchTimeout,
		@DefaultValue("2") @Positive int concurrency, @DefaultValue("10s") @NotNull Duration maxBackoff,
		@DefaultValue("15s") @NotNull Duration sampleInterval) {

	RequestsProperties {
		requirePositive("batch-timeout", batchTimeout);
		requirePositive("max-backoff", maxBackoff);
		requirePositive("sample-interval", sampleInterval);
	}

	private static void requirePositive(String name, Duration duration) {
		if (!duration.isPositive()) {
			throw new IllegalArgumentException(
					"acceptance.requests.%s: %s (expected: more than 0)".formatted(name, duration));
		}
	}

}
