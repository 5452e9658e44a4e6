package com.banqup.invitations.cli.console;

/**
 * How much of something is done: a bar that moves on a terminal; elsewhere a line for
 * every tenth, and when it becomes something else that is done. Closing it takes the bar
 * away.
 */
public final class ProgressLine implements AutoCloseable {

	private static final int WIDTH = 24;

	private static final int TENTHS = 10;

	private final Console console;

	private final boolean silent;

	private String shownTitle = "";

	private int shownTenths = -1;

	/**
	 * A progress that can be shown.
	 * @param silent whether to show nothing at all
	 */
	public ProgressLine(Console console, boolean silent) {
		this.console = console;
		this.silent = silent;
	}

	/**
	 * Shows how much is done.
	 * @param title what is done
	 * @param text what else there is to know
	 */
	public synchronized void show(String title, long done, long total, String text) {
		if (this.silent) {
			return;
		}
		if (this.console.isTerminal()) {
			int filled = parts(done, total, WIDTH);
			this.console.showLastLine("%-10s [%s%s] %3d %%  %s".formatted(title, "#".repeat(filled),
					".".repeat(WIDTH - filled), parts(done, total, 100), text));
			return;
		}
		int tenths = parts(done, total, TENTHS);
		if (tenths != this.shownTenths || !title.equals(this.shownTitle)) {
			this.shownTenths = tenths;
			this.shownTitle = title;
			this.console.note("%-10s %3d %%  %s".formatted(title, parts(done, total, 100), text));
		}
	}

	private static int parts(long done, long total, int parts) {
		return (total <= 0) ? 0 : (int) (Math.clamp(done, 0L, total) * parts / total);
	}

	@Override
	public void close() {
		this.console.clearLastLine();
	}

}
