package com.banqup.invitations.devstack.launcher;

import java.time.Duration;
import java.util.Locale;

import com.banqup.invitations.devstack.console.Console;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the user what becomes of the services. */
record Announcements(Console console) implements Supervisor.Listener {

	private static final Logger log = LoggerFactory.getLogger(Announcements.class);

	@Override
	public void died(String service, ExitCode exit, Duration delay) {
		log.warn("{} died: {}", service, exit);
		this.console.line("  %s died (%s): it is started again in %d s", service, exit, delay.toSeconds());
	}

	@Override
	public void stuck(String service, Duration patience) {
		log.warn("{} does not serve after {}", service, patience);
		this.console.line("  %s does not serve after %d s: it is ended", service, patience.toSeconds());
	}

	@Override
	public void back(String service, Duration took) {
		log.info("{} is back after {}", service, took);
		this.console.line(String.format(Locale.ROOT, "  %s is back after %.1f s", service, took.toMillis() / 1000.0));
	}

}
