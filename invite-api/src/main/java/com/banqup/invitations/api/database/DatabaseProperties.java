package com.banqup.invitations.api.database;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Time limits of the connections to PostgreSQL. The size of the pool and the time to wait
 * for a connection are {@code spring.r2dbc.pool.*}.
 *
 * @param connectTimeout how long opening a connection may take
 * @param statementTimeout how long a statement may take
 * @param lockTimeout how long a statement may wait for a lock, shorter than the statement
 * timeout
 */
@Validated
@ConfigurationProperties("invite.database")
record DatabaseProperties(@DefaultValue("5s") @NotNull Duration connectTimeout,
		@DefaultValue("10s") @NotNull Duration statementTimeout, @DefaultValue("5s") @NotNull Duration lockTimeout) {

	DatabaseProperties {
		if (!connectTimeout.isPositive() || !lockTimeout.isPositive() || lockTimeout.compareTo(statementTimeout) >= 0) {
			throw new IllegalArgumentException("invite.database: connect-timeout " + connectTimeout + ", lock-timeout "
					+ lockTimeout + ", statement-timeout " + statementTimeout
					+ " (expected: all more than 0, lock-timeout shorter than statement-timeout)");
		}
	}

}
