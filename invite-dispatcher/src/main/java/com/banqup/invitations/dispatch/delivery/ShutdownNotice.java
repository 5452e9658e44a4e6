package com.banqup.invitations.dispatch.delivery;

import java.util.function.BooleanSupplier;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Says that the service is being stopped: mails under way end, no others start. */
final class ShutdownNotice implements BooleanSupplier, ApplicationListener<ContextClosedEvent> {

	private volatile boolean stopping;

	@Override
	public boolean getAsBoolean() {
		return this.stopping;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopping = true;
	}

}
