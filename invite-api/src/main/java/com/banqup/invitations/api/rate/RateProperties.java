package com.banqup.invitations.api.rate;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many requests this process takes from a Partner Space. Reading takes connections
 * from everybody's pool, so one partner gets a fraction of what the process can do.
 * Writing is shared out by {@code invite.turns} already, so here only those are turned
 * away who send faster than their turns can ever come.
 *
 * @param readsPerSecond how many reading requests a second, in the long run
 * @param readBurst how many at once, after a pause
 * @param writesPerSecond how many writing requests a second, in the long run
 * @param writeBurst how many at once, after a pause
 * @param partnerSpaces how many Partner Spaces are kept in mind; beyond that, those that
 * send least are forgotten and may have a burst again
 */
@Validated
@ConfigurationProperties("invite.rates")
record RateProperties(@DefaultValue("1000") @Min(1) @Max(1_000_000) int readsPerSecond,
		@DefaultValue("2000") @Min(1) @Max(1_000_000) int readBurst,
		@DefaultValue("10000") @Min(1) @Max(1_000_000) int writesPerSecond,
		@DefaultValue("20000") @Min(1) @Max(1_000_000) int writeBurst,
		@DefaultValue("10000") @Min(1) @Max(1_000_000) int partnerSpaces) {

	/** After this time without a request any burst is possible again. */
	Duration fullAfter() {
		return Duration.ofSeconds(Math.max(Math.ceilDiv(this.readBurst, this.readsPerSecond),
				Math.ceilDiv(this.writeBurst, this.writesPerSecond)));
	}

}
