package com.banqup.invitations.api.deadletter;

import java.time.Duration;

import com.banqup.invitations.api.lifecycle.BackgroundWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * How many records wait for people, as a gauge. Counted from time to time, in every
 * process; not a number while that is not known.
 */
@Component
class DeadLetterDepth extends BackgroundWork {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterDepth.class);

	private final DeadLetters letters;

	private final Duration interval;

	private volatile double depth = Double.NaN;

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
	protected Publisher<?> work() {
		return Flux.interval(Duration.ZERO, this.interval).onBackpressureDrop().concatMap((tick) -> measure(), 1);
	}

}
