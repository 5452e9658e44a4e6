package com.banqup.invitations.api.invitation.kafka;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the consumer of onboarding events.
 *
 * @param concurrency how many consumers this process runs
 * @param batchTimeout how long the database may take for a batch before it is tried again
 * @param minBackoff the pause after the first failure
 * @param maxBackoff the longest pause; a batch is tried until it succeeds
 */
@Validated
@ConfigurationProperties("invite.onboarding-events")
record OnboardingEventsProperties(@DefaultValue("2") @Min(1) @Max(12) int concurrency,
		@DefaultValue("30s") @NotNull Duration batchTimeout, @DefaultValue("500ms") @NotNull Duration minBackoff,
		@DefaultValue("10s") @NotNull Duration maxBackoff) {

	OnboardingEventsProperties {
		if (!batchTimeout.isPositive() || !minBackoff.isPositive() || maxBackoff.compareTo(minBackoff) < 0) {
			throw new IllegalArgumentException("invite.onboarding-events: batch-timeout " + batchTimeout
					+ ", min-backoff " + minBackoff + ", max-backoff " + maxBackoff
					+ " (expected: all more than 0, max-backoff at least min-backoff)");
		}
	}

}
