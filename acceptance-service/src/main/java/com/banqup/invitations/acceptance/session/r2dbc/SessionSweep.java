package com.banqup.invitations.acceptance.session.r2dbc;

import java.time.Duration;

import com.banqup.invitations.acceptance.session.SessionProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Deletes expired sessions now and then. Any number of instances may do so at once. */
@Component
class SessionSweep implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(SessionSweep.class);

	private static final int BATCH = 1000;

	private final R2dbcSessions sessions;

	private final Duration interval;

	private @Nullable Disposable subscription;

	SessionSweep(R2dbcSessions sessions, SessionProperties properties) {
		this.sessions = sessions;
		this.interval = properties.sweepInterval();
	}

	@Override
	public synchronized void start() {
		this.subscription = Flux.interval(this.interval).onBackpressureDrop().concatMap((tick) -> sweep()).subscribe();
	}

	/**
	 * Deletes everything that has expired, in batches; a failure waits for the next time.
	 */
	Mono<Void> sweep() {
		return this.sessions.deleteExpired(BATCH)
			.expand((deleted) -> (deleted < BATCH) ? Mono.empty() : this.sessions.deleteExpired(BATCH))
			.then()
			.doOnError((ex) -> log.warn("Expired sessions are not deleted for now: {}", ex.toString()))
			.onErrorComplete();
	}

	@Override
	public synchronized void stop() {
		if (this.subscription != null) {
			this.subscription.dispose();
			this.subscription = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.subscription != null;
	}

}
