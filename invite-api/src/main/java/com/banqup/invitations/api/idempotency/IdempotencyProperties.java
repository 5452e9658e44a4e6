package com.banqup.invitations.api.idempotency;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of repeatable requests.
 *
 * @param retention how long a request can be repeated
 */
@Validated
@ConfigurationProperties("invite.idempotency")
public record IdempotencyProperties(@DefaultValue("24h") @NotNull Duration retention) {

	public IdempotencyProperties {
		if (!retention.isPositive()) {
			throw new IllegalArgumentException(
					"invite.idempotency.retention: " + retention + " (expected: more than 0)");
		}
	}

}
