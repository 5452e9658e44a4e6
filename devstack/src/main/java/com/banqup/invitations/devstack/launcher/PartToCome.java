package com.banqup.invitations.devstack.launcher;

/** A part that the start has not brought up yet: orders for it come too early. */
record PartToCome(String name, PartState state) implements ManagedPart {

	@Override
	public void start() {
		throw new LaunchException("%s need not be started: it is %s; ./run status tells how far it is"
			.formatted(this.name, this.state.title()));
	}

	@Override
	public void stop() {
		throw new LaunchException("%s cannot be stopped yet: it is %s; ./run status tells how far it is"
			.formatted(this.name, this.state.title()));
	}

}
