package com.banqup.invitations.cli.console;

import java.io.PrintStream;

/**
 * What the user asked for goes to the output; progress, notes and problems to the error
 * output, where on a terminal a line stays last while others appear above it. Control
 * characters of the server's or the file's are not passed on. Methods may be called from
 * many threads.
 */
public final class Console {

	/** Goes to the start of the line and clears it (ECMA-48 EL). */
	private static final String CLEAR_LINE = "\r\033[K";

	private final PrintStream out;

	private final PrintStream err;

	private final boolean terminal;

	private final int columns;

	private String lastLine = "";

	/**
	 * A console.
	 * @param terminal whether {@code err} is a terminal
	 * @param columns how wide that is
	 */
	public Console(PrintStream out, PrintStream err, boolean terminal, int columns) {
		this.out = out;
		this.err = err;
		this.terminal = terminal;
		this.columns = columns;
	}

	/** A line of what was asked for. */
	public synchronized void answer(String line) {
		clearLastLine();
		this.out.println(Texts.printable(line));
		this.out.flush();
	}

	/** A line about what is going on. */
	public synchronized void note(String line) {
		String shown = this.lastLine;
		clearLastLine();
		this.err.println(Texts.printable(line));
		showLastLine(shown);
		this.err.flush();
	}

	boolean isTerminal() {
		return this.terminal;
	}

	/** Replaces the last line; only on a terminal. */
	synchronized void showLastLine(String line) {
		String fitting = line.substring(0, Math.min(line.length(), this.columns - 1));
		if (!fitting.equals(this.lastLine)) {
			this.lastLine = fitting;
			this.err.print(CLEAR_LINE + fitting);
			this.err.flush();
		}
	}

	/** Makes room for other lines. */
	synchronized void clearLastLine() {
		if (!this.lastLine.isEmpty()) {
			this.lastLine = "";
			this.err.print(CLEAR_LINE);
			this.err.flush();
		}
	}

	/** Bytes as they are, for files; nobody else writes to the output meanwhile. */
	public PrintStream bytes() {
		return this.out;
	}

}
