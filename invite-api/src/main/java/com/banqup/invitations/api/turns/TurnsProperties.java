package com.banqup.invitations.api.turns;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many writes this process can have.
 *
 * @param running how many of each Partner Space are carried out at the same time, each
 * with a connection to the database; a fraction of those of all
 * @param runningInAll how many of all Partner Spaces are; the connections that the pool
 * has beyond are for reading and for onboarding events
 * @param waiting how many of each Partner Space wait for those, without a connection;
 * more are refused
 * @param maxWait how long one waits before it is refused, too
 */
@Validated
@ConfigurationProperties("invite.turns")
record TurnsProperties(@DefaultValue("4") @Min(1) @Max(1_000) int running,
		@DefaultValue("12") @Min(1) @Max(1_000) int runningInAll, @DefaultValue("100") @Min(0) @Max(1_000) int waiting,
		@DefaultValue("10s") @NotNull Duration maxWait) {

	TurnsProperties {
		if (runningInAll < running) {
			throw new IllegalArgumentException(
					"invite.turns.running-in-all: " + runningInAll + " (expected: at least running, " + running + ")");
		}
		if (!maxWait.isPositive()) {
			throw new IllegalArgumentException("invite.turns.max-wait: " + maxWait + " (expected: more than 0)");
		}
	}

}
