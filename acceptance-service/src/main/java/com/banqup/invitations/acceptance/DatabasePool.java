package com.banqup.invitations.acceptance;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A pool that may try every one of its connections, after a restart of the database, and
 * all the same answers in time: the limit is for all the tries together, where the pool's
 * own is for each. Until the first connection has come, which the start waits for, it
 * tries on and on within a limit of its own.
 */
final class DatabasePool extends ConnectionPool {

	private static final Logger log = LoggerFactory.getLogger(DatabasePool.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final Duration maxAcquireTime;

	private final Duration startTimeout;

	private volatile boolean reached;

	DatabasePool(ConnectionPoolConfiguration configuration, Duration maxAcquireTime, Duration startTimeout) {
		super(configuration);
		this.maxAcquireTime = maxAcquireTime;
		this.startTimeout = startTimeout;
	}

	@Override
	public Mono<Connection> create() {
		return Mono.defer(
				() -> this.reached ? within(this.maxAcquireTime, super.create()) : within(this.startTimeout, first()));
	}

	private Mono<Connection> first() {
		return super.create()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE)
				.filter(DatabasePool::mayPass)
				.doBeforeRetry((retry) -> log.warn("No database yet: {}", retry.failure().toString())))
			.doOnNext((connection) -> this.reached = true);
	}

	private static boolean mayPass(Throwable failure) {
		return (failure instanceof R2dbcException || failure instanceof TimeoutException)
				&& !(failure instanceof R2dbcPermissionDeniedException);
	}

	private static Mono<Connection> within(Duration limit, Mono<Connection> connection) {
		return connection.timeout(limit,
				Mono.error(() -> new R2dbcTimeoutException("database connection: none within %s".formatted(limit))));
	}

}
