package com.banqup.invitations.devstack.launcher;

import com.banqup.invitations.devstack.Part;

/** A part of the embedded stack. */
record StackPart(String name, Part part) implements ManagedPart {

	@Override
	public void start() {
		this.part.start();
	}

	@Override
	public void stop() {
		this.part.stop();
	}

	@Override
	public PartState state() {
		return this.part.isRunning() ? PartState.RUNNING : PartState.STOPPED;
	}

}
