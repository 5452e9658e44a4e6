package com.banqup.invitations.devstack.launcher;

import java.util.function.Supplier;

import com.banqup.invitations.devstack.Part;

/** A part of the embedded stack, once it was started. */
record StackPart(String name, Supplier<? extends Part> part) implements ManagedPart {

	@Override
	public void start() {
		this.part.get().start();
	}

	@Override
	public void stop() {
		this.part.get().stop();
	}

	@Override
	public PartState state() {
		return this.part.get().isRunning() ? PartState.RUNNING : PartState.STOPPED;
	}

}
