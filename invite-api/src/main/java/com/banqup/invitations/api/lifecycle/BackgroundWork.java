package com.banqup.invitations.api.lifecycle;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.context.SmartLifecycle;

/** Work that begins with the service, and is cancelled when that stops. */
public abstract class BackgroundWork implements SmartLifecycle {

	private @Nullable Disposable running;

	/** The work: does not end by itself, and goes on after failures. */
	protected abstract Publisher<?> work();

	@Override
	public final synchronized void start() {
		if (this.running == null) {
			this.running = Flux.from(work()).subscribe();
		}
	}

	@Override
	public final synchronized void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public final synchronized boolean isRunning() {
		return this.running != null;
	}

}
