package com.banqup.invitations.api.connection;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How connections to callers are treated.
 *
 * @param writeTimeout how long a caller may take to read a piece of an answer; less than
 * an orderly stop waits for requests
 */
@Validated
@ConfigurationProperties("invite.connections")
public record ConnectionProperties(@DefaultValue("15s") @NotNull Duration writeTimeout) {

	public ConnectionProperties {
		if (!writeTimeout.isPositive()) {
			throw new IllegalArgumentException(
					"invite.connections.write-timeout: " + writeTimeout + " (expected: more than 0)");
		}
	}

}
