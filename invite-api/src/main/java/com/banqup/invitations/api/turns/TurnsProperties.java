package com.banqup.invitations.api.turns;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many writes each Partner Space can have in this process.
 *
 * @param running how many are carried out at the same time, each with a connection to the
 * database; a fraction of the pool
 * @param waiting how many wait for those, without a connection; more are refused
 * @param maxWait how long one waits before it is refused, too
 */
@Validated
@ConfigurationProperties("invite.turns")
record TurnsProperties(@DefaultValue("4") @Min(1) @Max(1_000) int running,
		@DefaultValue("100") @Min(0) @Max(1_000) int waiting, @DefaultValue("10s") @NotNull Duration maxWait) {

	TurnsProperties {
		if (!maxWait.isPositive()) {
			throw new IllegalArgumentException("invite.turns.max-wait: " + maxWait + " (expected: more than 0)");
		}
	}

}
