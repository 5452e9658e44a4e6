package com.banqup.invitations.outbox.database;

import java.time.Duration;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcTimeoutException;
import reactor.core.publisher.Mono;

/**
 * A pool that may try every one of its connections, after a restart of the database, and
 * all the same answers in time: the limit is for all the tries together, where the pool's
 * own is for each.
 */
final class DatabasePool extends ConnectionPool {

	private final Duration maxAcquireTime;

	DatabasePool(ConnectionPoolConfiguration configuration, Duration maxAcquireTime) {
		super(configuration);
		this.maxAcquireTime = maxAcquireTime;
	}

	@Override
	public Mono<Connection> create() {
		return super.create().timeout(this.maxAcquireTime, Mono.error(
				() -> new R2dbcTimeoutException("Database connection: none within %s".formatted(this.maxAcquireTime))));
	}

}
