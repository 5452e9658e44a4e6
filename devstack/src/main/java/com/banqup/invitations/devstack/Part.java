package com.banqup.invitations.devstack;

/**
 * A part of the stack that can be taken away and given back, as outages do. It keeps its
 * port and its data while it is stopped.
 */
public interface Part {

	/** Starts the part and returns when it serves. Nothing happens if it runs. */
	void start();

	/** Stops the part and returns when it is gone. Nothing happens if it is stopped. */
	void stop();

	/** Whether it was started and not stopped since. */
	boolean isRunning();

}
