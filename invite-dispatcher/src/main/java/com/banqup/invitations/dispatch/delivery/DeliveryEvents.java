package com.banqup.invitations.dispatch.delivery;

import java.util.Collection;

import reactor.core.publisher.Mono;

/** Tells others what happened to deliveries. */
public interface DeliveryEvents {

	/**
	 * Publishes these if and only if the running transaction commits.
	 * @return completes when they are part of the transaction; IllegalStateException when
	 * there is none
	 */
	Mono<Void> publish(Collection<? extends DeliveryEvent> events);

}
