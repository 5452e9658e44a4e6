package com.banqup.invitations.acceptance.invitation.kafka;

import java.time.Duration;

import com.banqup.invitations.acceptance.invitation.UnusableRequests;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * How many requests wait for people to look at them, as a gauge: not a number while the
 * database does not tell.
 */
@Component
class UnusableRequestsDepth implements SmartLifecycle {

	private final UnusableRequests requests;

	private final Duration interval;

	private volatile double depth = Double.NaN;

	private @Nullable Disposable sampling;

	UnusableRequestsDepth(UnusableRequests requests, RequestsProperties properties, MeterRegistry meters) {
		this.requests = requests;
		this.interval = properties.sampleInterval();
		Gauge.builder("acceptance.queue.depth", this, (queue) -> queue.depth)
			.description("What waits in this service's queues; not a number while that is not known")
			.tag("queue", "unusable-requests")
			.register(meters);
	}

	/** Looks once. */
	Mono<Void> sample() {
		return this.requests.count()
			.map(Long::doubleValue)
			.timeout(this.interval)
			.onErrorReturn(Double.NaN)
			.doOnNext((sampled) -> this.depth = sampled)
			.then();
	}

	@Override
	public synchronized void start() {
		this.sampling = Flux.interval(Duration.ZERO, this.interval)
			.onBackpressureDrop()
			.concatMap((tick) -> sample(), 1)
			.subscribe();
	}

	@Override
	public synchronized void stop() {
		if (this.sampling != null) {
			this.sampling.dispose();
			this.sampling = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.sampling != null;
	}

}
