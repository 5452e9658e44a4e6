package com.banqup.invitations.api.housekeeping;

import java.time.Duration;

import com.banqup.invitations.api.lifecycle.BackgroundWork;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.stereotype.Component;

/**
 * Runs {@link KeepHouse} in intervals, in every process: the rounds do not hinder each
 * other.
 */
@Component
class Housekeeping extends BackgroundWork {

	private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

	private final KeepHouse keepHouse;

	private final Duration interval;

	Housekeeping(KeepHouse keepHouse, HousekeepingProperties properties) {
		this.keepHouse = keepHouse;
		this.interval = properties.interval();
	}

	@Override
	protected Publisher<?> work() {
		return Mono.delay(this.interval)
			.then(Mono.defer(this.keepHouse::round))
			.doOnNext((rows) -> log.debug("Housekeeping took {} rows", rows))
			.repeat()
			.retryWhen(Retry.indefinitely()
				.doBeforeRetry((signal) -> log.warn("Housekeeping failed: {}", String.valueOf(signal.failure()))));
	}

}
