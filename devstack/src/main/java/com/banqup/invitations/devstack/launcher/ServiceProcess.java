package com.banqup.invitations.devstack.launcher;

import java.time.Duration;
import java.util.OptionalInt;

/** One life of a service. */
interface ServiceProcess {

	/** Waits for its end: its exit code, or empty while it lives on. */
	OptionalInt awaitExit(Duration patience) throws InterruptedException;

	/** Asks it to end, makes it end after the patience, and returns when it is gone. */
	void stop(Duration patience);

}
