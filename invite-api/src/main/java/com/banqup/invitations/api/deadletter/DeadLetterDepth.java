package com.banqup.invitations.api.deadletter;

import java.time.Duration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * How many records wait for people, as a gauge. Counted from time to time, in every
 * process; not a number while that is not known.
 */
@Component
class DeadLetterDepth implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterDepth.class);

	private final DeadLetters letters;

	private final Duration interval;

	private volatile double depth = Double.NaN;

	private @Nullable Disposable running;

	DeadLetterDepth(DeadLetters letters, DeadLetterProperties properties, MeterRegistry meters) {
		this.letters = letters;
		this.interval = properties.sampleInterval();
		Gauge.builder("invite.queue.depth", this, (gauge) -> gauge.depth)
			.description("What waits in the queues of the API; not a number while that is not known")
			.tag("queue", "dead-letters")
			.register(meters);
	}

	Mono<Void> measure() {
		return Mono.defer(this.letters::count)
			.timeout(this.interval)
			.map(Long::doubleValue)
			.onErrorResume(DeadLetterDepth::unknown)
			.doOnNext((measured) -> this.depth = measured)
			.then();
	}

	private static Mono<Double> unknown(Throwable error) {
		log.debug("Dead letters cannot be counted", error);
		return Mono.just(Double.NaN);
	}

	@Override
	public synchronized void start() {
		if (this.running == null) {
			this.running = Flux.interval(Duration.ZERO, this.interval)
				.onBackpressureDrop()
				.concatMap((tick) -> measure(), 1)
				.subscribe();
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
