package com.banqup.invitations.outbox;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Says, once and for all, that what is running is to end. */
final class StopSignal {

	private final Sinks.Empty<Void> signal = Sinks.empty();

	private volatile boolean given;

	void give() {
		this.given = true;
		this.signal.tryEmitEmpty();
	}

	boolean isGiven() {
		return this.given;
	}

	/** Completes when the signal is given. */
	Mono<Void> given() {
		return this.signal.asMono();
	}

}
