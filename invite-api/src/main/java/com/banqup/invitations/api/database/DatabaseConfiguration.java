package com.banqup.invitations.api.database;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;

import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The time limits of the connections to PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	@Bean
	ConnectionFactoryOptionsBuilderCustomizer timeLimits(DatabaseProperties properties) {
		return (builder) -> builder.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, properties.connectTimeout())
			.option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, properties.statementTimeout())
			.option(ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT, properties.lockTimeout())
			.option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "invite-api");
	}

}
