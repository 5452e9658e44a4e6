package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.InstantSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Cancels the deferred mails of bulks that were cancelled, those deferred after the
 * cancellation too, long before their retries come up; but none that may have been sent.
 * Forgets such bulks when nothing can be left of them.
 */
final class CancelDeferred {

	private static final Logger log = LoggerFactory.getLogger(CancelDeferred.class);

	private final Deliveries deliveries;

	private final DeliveryMeters meters;

	private final InstantSource clock;

	private final CancelledBatchesProperties properties;

	private final Duration timeout;

	CancelDeferred(Deliveries deliveries, DeliveryMeters meters, InstantSource clock,
			CancelledBatchesProperties properties, Duration timeout) {
		this.deliveries = deliveries;
		this.meters = meters;
		this.clock = clock;
		this.properties = properties;
		this.timeout = timeout;
	}

	/**
	 * Cancels some.
	 * @return whether there may be more
	 */
	Mono<Boolean> cancelSome() {
		return Mono.defer(() -> this.deliveries.cancelDeferred(this.properties.chunkSize(), this.clock.instant()))
			.timeout(this.timeout)
			.doOnNext(this.meters::countCancelled)
			.map((cancelled) -> cancelled == this.properties.chunkSize());
	}

	/**
	 * Forgets the bulks that were cancelled long ago.
	 * @return false: there are no more
	 */
	Mono<Boolean> forgetOld() {
		return Mono
			.defer(() -> this.deliveries
				.forgetCancelledBatches(this.clock.instant().minus(this.properties.rememberFor())))
			.timeout(this.timeout)
			.filter((forgotten) -> forgotten > 0)
			.doOnNext((forgotten) -> log.info("{} bulks that were cancelled long ago are forgotten", forgotten))
			.thenReturn(false);
	}

}
