package com.banqup.invitations.devstack.launcher;

import java.time.Duration;
import java.util.Locale;

import com.banqup.invitations.devstack.console.Console;

/** Tells the user what becomes of the services. */
record Announcements(Console console) implements Supervisor.Listener {

	@Override
	public void died(String service, ExitCode exit, Duration delay) {
		this.console.line("  %s died (%s): it is started again in %d s", service, exit, delay.toSeconds());
	}

	@Override
	public void stuck(String service, Duration patience) {
		this.console.line("  %s does not serve after %d s: it is ended", service, patience.toSeconds());
	}

	@Override
	public void back(String service, Duration took) {
		this.console.line(String.format(Locale.ROOT, "  %s is back after %.1f s", service, took.toMillis() / 1000.0));
	}

}
