package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How what waits in the ledger is counted.
 *
 * @param interval how often, and how long it may take
 */
@Validated
@ConfigurationProperties("dispatch.queue-depths")
record QueueDepthProperties(@DefaultValue("5s") @NotNull Duration interval) {

	QueueDepthProperties {
		if (!interval.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.queue-depths.interval: %s (expected: more than nothing)".formatted(interval));
		}
	}

}
