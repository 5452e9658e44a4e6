package com.banqup.invitations.api.housekeeping;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs {@link KeepHouse} in intervals, in every process: the rounds do not hinder each
 * other.
 */
@Component
class Housekeeping implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

	private final KeepHouse keepHouse;

	private final Duration interval;

	private @Nullable Disposable running;

	Housekeeping(KeepHouse keepHouse, HousekeepingProperties properties) {
		this.keepHouse = keepHouse;
		this.interval = properties.interval();
	}

	@Override
	public synchronized void start() {
		if (this.running == null) {
			this.running = Mono.delay(this.interval)
				.then(Mono.defer(this.keepHouse::round))
				.repeat()
				.retryWhen(Retry.indefinitely()
					.doBeforeRetry((signal) -> log.warn("Housekeeping failed: {}", String.valueOf(signal.failure()))))
				.subscribe((rows) -> log.debug("Housekeeping took {} rows", rows));
		}
	}

	@Override
	public synchronized void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running != null;
	}

}
