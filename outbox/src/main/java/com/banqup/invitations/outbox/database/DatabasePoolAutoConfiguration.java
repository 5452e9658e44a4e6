package com.banqup.invitations.outbox.database;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.r2dbc.ConnectionFactoryBuilder;
import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;

/**
 * The pool that {@code spring.r2dbc.pool} describes, in the place of Spring Boot's own:
 * {@code max-acquire-time} is here the limit for all tries together, and must be set.
 */
@AutoConfiguration(before = R2dbcAutoConfiguration.class)
@ConditionalOnMissingBean(ConnectionFactory.class)
class DatabasePoolAutoConfiguration {

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

	static DatabasePool pool(ConnectionFactory connections, R2dbcProperties.Pool properties) {
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
					"spring.r2dbc.pool.max-acquire-time: %s (expected: more than 0)".formatted(maxAcquireTime));
		}
		return maxAcquireTime;
	}

}
