package com.banqup.invitations.api.housekeeping;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the housekeeping.
 *
 * @param interval the pause between rounds
 * @param batchSize how many rows a statement takes
 */
@Validated
@ConfigurationProperties("invite.housekeeping")
record HousekeepingProperties(@DefaultValue("1m") @NotNull Duration interval,
		@DefaultValue("1000") @Min(1) @Max(100_000) int batchSize) {

	HousekeepingProperties {
		if (!interval.isPositive()) {
			throw new IllegalArgumentException(
					"invite.housekeeping.interval: " + interval + " (expected: more than 0)");
		}
	}

}
