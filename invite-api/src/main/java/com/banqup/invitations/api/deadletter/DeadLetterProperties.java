package com.banqup.invitations.api.deadletter;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the dead letters.
 *
 * @param sampleInterval how often they are counted
 */
@Validated
@ConfigurationProperties("invite.dead-letters")
record DeadLetterProperties(@DefaultValue("15s") @NotNull Duration sampleInterval) {

	DeadLetterProperties {
		if (!sampleInterval.isPositive()) {
			throw new IllegalArgumentException(
					"invite.dead-letters.sample-interval: " + sampleInterval + " (expected: more than 0)");
		}
	}

}
