package com.banqup.invitations.acceptance;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pool of database connections, as {@code spring.r2dbc.pool} describes it. */
@Configuration(proxyBeanMethods = false)
class DatabasePoolConfiguration {

	@Bean(destroyMethod = "dispose")
	DatabasePool connectionFactory(R2dbcProperties properties, ObjectProvider<R2dbcConnectionDetails> database) {
		R2dbcConnectionDetails details = database.getIfAvailable();
		if (details == null) {
			throw new IllegalStateException("spring.r2dbc.url is missing");
		}
		return pool(ConnectionFactories.get(details.getConnectionFactoryOptions()), properties.getPool());
	}

	static DatabasePool pool(ConnectionFactory database, R2dbcProperties.Pool properties) {
		ConnectionPoolConfiguration.Builder pool = ConnectionPoolConfiguration.builder(database);
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
