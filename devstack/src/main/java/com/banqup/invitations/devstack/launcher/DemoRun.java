package com.banqup.invitations.devstack.launcher;

import java.nio.file.Path;
import java.time.InstantSource;

import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.demo.Demo;

/** Makes the demo for a run. */
final class DemoRun {

	private DemoRun() {
	}

	/** The demo on the system at these endpoints. */
	static Demo on(Endpoints endpoints, Path home, Console console, InstantSource clock) {
		return new Demo(endpoints.demoTarget(), home.resolve("samples").resolve("clients.csv"), console, clock);
	}

}
