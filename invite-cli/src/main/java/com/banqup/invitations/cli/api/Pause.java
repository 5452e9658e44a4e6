package com.banqup.invitations.cli.api;

import java.time.Duration;

/** Lets time pass. */
public interface Pause {

	void sleep(Duration duration) throws InterruptedException;

}
