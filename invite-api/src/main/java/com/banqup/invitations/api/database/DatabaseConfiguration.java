package com.banqup.invitations.api.database;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.r2dbc.ConnectionFactoryBuilder;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pool that {@code spring.r2dbc.pool} describes, and the time limits of its
 * connections.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	@Bean
	ConnectionFactoryOptionsBuilderCustomizer timeLimits(DatabaseProperties properties) {
		return (builder) -> builder.option(ConnectionFactoryOptions.CONNECT_TIMEOUT, properties.connectTimeout())
			.option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, properties.statementTimeout())
			.option(ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT, properties.lockTimeout())
			.option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, "invite-api");
	}

	@Bean(destroyMethod = "dispose")
	DatabasePool connectionFactory(R2dbcProperties properties, ObjectProvider<R2dbcConnectionDetails> database,
			ObjectProvider<ConnectionFactoryOptionsBuilderCustomizer> customizers,
			ObjectProvider<ConnectionFactoryDecorator> decorators) {
		R2dbcConnectionDetails details = database.getIfAvailable();
		if (details == null) {
			throw new IllegalStateException("spring.r2dbc.url is missing");
		}
		ConnectionFactory connections = ConnectionFactoryBuilder
			.withOptions(details.getConnectionFactoryOptions().mutate())
			.configure((options) -> customizers.orderedStream().forEach((each) -> each.customize(options)))
			.decorators(decorators.orderedStream().toList())
			.build();
		return pool(connections, properties.getPool());
	}

	private static DatabasePool pool(ConnectionFactory connections, R2dbcProperties.Pool properties) {
		ConnectionPoolConfiguration.Builder pool = ConnectionPoolConfiguration.builder(connections);
		PropertyMapper map = PropertyMapper.get();
		map.from(properties.getMinIdle()).to(pool::minIdle);
		map.from(properties.getInitialSize()).to(pool::initialSize);
		map.from(properties.getMaxSize()).to(pool::maxSize);
		map.from(properties.getMaxIdleTime()).to(pool::maxIdleTime);
		map.from(properties.getMaxLifeTime()).to(pool::maxLifeTime);
		map.from(properties.getMaxCreateConnectionTime()).to(pool::maxCreateConnectionTime);
		map.from(properties.getMaxValidationTime()).to(pool::maxValidationTime);
		map.from(properties.getValidationQuery()).to(pool::validationQuery);
		map.from(properties.getValidationDepth()).to(pool::validationDepth);
		map.from(properties.getAcquireRetry()).to(pool::acquireRetry);
		return new DatabasePool(pool.build(), required(properties.getMaxAcquireTime()));
	}

	private static Duration required(@Nullable Duration maxAcquireTime) {
		if (maxAcquireTime == null || !maxAcquireTime.isPositive()) {
			throw new IllegalStateException(
					"spring.r2dbc.pool.max-acquire-time: " + maxAcquireTime + " (expected: more than 0)");
		}
		return maxAcquireTime;
	}

}
