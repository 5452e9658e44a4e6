package com.banqup.invitations.devstack.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * How much of a counted task is done: a bar that moves on a terminal, a line for every
 * tenth elsewhere. Closing it leaves the last state on the screen.
 */
public final class ProgressBar implements AutoCloseable {

	private static final int WIDTH = 30;

	private static final int TENTHS = 10;

	private final Console console;

	private final String title;

	private final int total;

	private final InstantSource clock;

	private final Instant begun;

	private int firstDone = -1;

	private int tenthsShown = -1;

	/** A bar for {@code total} items. */
	public ProgressBar(Console console, String title, int total, InstantSource clock) {
		this.console = console;
		this.title = title;
		this.total = total;
		this.clock = clock;
		this.begun = clock.instant();
	}

	/** Shows that this many are done. */
	public synchronized void update(int done) {
		if (this.firstDone < 0) {
			this.firstDone = done;
		}
		if (this.console.isTerminal()) {
			this.console.showLastLine(render(done));
			return;
		}
		int tenths = (this.total == 0) ? TENTHS : (int) ((long) done * TENTHS / this.total);
		if (tenths > this.tenthsShown) {
			this.tenthsShown = tenths;
			this.console.line(render(done));
		}
	}

	private String render(int done) {
		int filled = (this.total == 0) ? WIDTH : (int) ((long) Math.min(done, this.total) * WIDTH / this.total);
		return String.format(Locale.ROOT, "  %-26s [%s%s] %d/%d  %.0f/s", this.title, "#".repeat(filled),
				".".repeat(WIDTH - filled), done, this.total, rate(done));
	}

	/** Of what was done since the bar is there. */
	private double rate(int done) {
		double seconds = Duration.between(this.begun, this.clock.instant()).toMillis() / 1000.0;
		return (seconds > 0) ? (done - this.firstDone) / seconds : 0;
	}

	@Override
	public synchronized void close() {
		this.console.keepLastLine();
	}

}
