package com.banqup.invitations.devstack.launcher;

/** A part of the running system that can be taken away and given back. */
interface ManagedPart {

	/** What users call it. */
	String name();

	/**
	 * Starts it and returns when it serves. Nothing happens if it runs; if it waits to be
	 * restarted, it waits no longer.
	 * @throws LaunchException when it does not come up
	 */
	void start();

	/** Stops it and returns when it is gone; it stays away until it is started. */
	void stop();

	PartState state();

}
