package com.banqup.invitations.dispatch.delivery;

import java.util.function.BooleanSupplier;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Says that the service is being stopped: mails under way end, no others start. */
public final class ShutdownNotice implements BooleanSupplier, ApplicationListener<ContextClosedEvent> {

	private final Sinks.Empty<Void> given = Sinks.empty();

	private volatile boolean stopping;

	ShutdownNotice() {
	}

	@Override
	public boolean getAsBoolean() {
		return this.stopping;
	}

	/** Completes when it is given. */
	public Mono<Void> given() {
		return this.given.asMono();
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopping = true;
		this.given.tryEmitEmpty();
	}

}
