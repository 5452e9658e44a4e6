package com.banqup.invitations.dispatch.delivery;

import java.time.InstantSource;
import java.util.function.ToDoubleFunction;

import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

/** How much waits in this service's own queues, as gauges. */
final class QueueDepths {

	private static final Depths UNKNOWN = new Depths(Double.NaN, Double.NaN, Double.NaN);

	private final Deliveries deliveries;

	private final DeadLetters deadLetters;

	private final InstantSource clock;

	private volatile Depths depths = UNKNOWN;

	QueueDepths(Deliveries deliveries, DeadLetters deadLetters, InstantSource clock, MeterRegistry registry) {
		this.deliveries = deliveries;
		this.deadLetters = deadLetters;
		this.clock = clock;
		register(registry, "retries-due", Depths::retriesDue);
		register(registry, "retries-waiting", Depths::retriesWaiting);
		register(registry, "dead-letters", Depths::deadLetters);
	}

	/** Looks once; there is never more to do. */
	Mono<Boolean> measure() {
		return Mono.defer(() -> this.deliveries.retryQueue(this.clock.instant()))
			.zipWith(this.deadLetters.count(),
					(retries, letters) -> new Depths(retries.due(), retries.waiting(), letters))
			.doOnNext((measured) -> this.depths = measured)
			.doOnError((ex) -> this.depths = UNKNOWN)
			.doOnCancel(() -> this.depths = UNKNOWN)
			.thenReturn(false);
	}

	private void register(MeterRegistry registry, String queue, ToDoubleFunction<Depths> depth) {
		Gauge.builder("dispatch.queue.depth", this, (queues) -> depth.applyAsDouble(queues.depths))
			.description("What waits in the dispatcher's queues; not a number while that is not known")
			.tag("queue", queue)
			.register(registry);
	}

	private record Depths(double retriesDue, double retriesWaiting, double deadLetters) {
	}

}
