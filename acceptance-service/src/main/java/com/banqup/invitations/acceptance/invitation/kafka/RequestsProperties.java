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
 */
@Validated
@ConfigurationProperties("acceptance.requests")
record RequestsProperties(@DefaultValue("30s") @NotNull Duration batchTimeout,
		@DefaultValue("2") @Positive int concurrency, @DefaultValue("10s") @NotNull Duration maxBackoff) {
}
