package com.banqup.invitations.devstack.console;

import java.io.PrintStream;

/**
 * Lines for the user. On a terminal a progress bar stays on the last line while lines
 * appear above it; anywhere else there are only lines, without control codes. Methods may
 * be called from many threads.
 */
public final class Console {

	/** Goes to the start of the line and clears it (ECMA-48 EL). */
	private static final String CLEAR_LINE = "\r\033[K";

	private final PrintStream out;

	private final boolean terminal;

	private String lastLine = "";

	/**
	 * A console.
	 * @param terminal whether {@code out} is a terminal
	 */
	public Console(PrintStream out, boolean terminal) {
		this.out = out;
		this.terminal = terminal;
	}

	/** Prints a line. */
	public synchronized void line(String text) {
		this.out.print(this.lastLine.isEmpty() ? "" : CLEAR_LINE);
		this.out.println(text);
		this.out.print(this.lastLine);
		this.out.flush();
	}

	/** Prints a formatted line. */
	public void line(String format, Object... arguments) {
		line(format.formatted(arguments));
	}

	boolean isTerminal() {
		return this.terminal;
	}

	/** Replaces the last line; only on a terminal. */
	synchronized void showLastLine(String text) {
		this.lastLine = text;
		this.out.print(CLEAR_LINE + text);
		this.out.flush();
	}

	/** Makes what the last line shows a line like the others. */
	synchronized void keepLastLine() {
		if (!this.lastLine.isEmpty()) {
			this.lastLine = "";
			this.out.println();
			this.out.flush();
		}
	}

}
