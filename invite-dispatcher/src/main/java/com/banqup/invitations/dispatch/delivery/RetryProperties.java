package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mails that were not taken for now are tried again.
 *
 * @param delays pause after the first, second, ... failed attempt; one more failure than
 * there are delays, and the mail is given up
 * @param jitter how much a delay varies, as a share of it: 0.2 is 20 % up or down
 * @param interval how often to look for due retries
 * @param interactive budget for single invitations, which somebody waits for
 * @param bulk budget for the mails of bulks and of requests to invite many clients
 */
@Validated
@ConfigurationProperties("dispatch.retry")
public record RetryProperties(@DefaultValue( {
		"1m", "5m", "15m", "1h", "4h", "12h", "24h" }) @NotEmpty List<Duration> delays,
		@DefaultValue("0.2") @PositiveOrZero @Max(1) double jitter, @DefaultValue("1s") @NotNull Duration interval,
		@NotNull @Valid LaneProperties interactive, @NotNull @Valid LaneProperties bulk){

	public RetryProperties {
		delays = (delays != null) ? List.copyOf(delays) : List.of();
		delays.forEach((delay) -> requirePositive("delays", delay));
		requirePositive("interval", interval);
	}

	private static void requirePositive(String property, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.retry.%s: %s (expected: more than nothing)".formatted(property, value));
		}
	}

	/** The most retries at a time. */
	int concurrency() {
		return this.interactive.concurrency() + this.bulk.concurrency();
	}

	/**
	 * The budget for the retries of one kind of requests.
	 *
	 * @param batchSize how many are claimed at a time
	 * @param concurrency how many mails are sent at a time; small, so that retries never
	 * take the relay's connections from new mail
	 */
	public record LaneProperties(@DefaultValue("100") @Positive int batchSize, @Positive int concurrency) {
	}

}
