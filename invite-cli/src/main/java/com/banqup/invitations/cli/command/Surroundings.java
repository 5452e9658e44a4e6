package com.banqup.invitations.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

import com.banqup.invitations.cli.api.Patience;
import com.banqup.invitations.cli.api.Pause;

/**
 * What the program finds around itself.
 *
 * @param command how the user calls the program
 * @param home the folder in which a local {@code ./run} keeps its {@code data/}
 * @param terminal whether {@code err} is a terminal
 * @param columns how wide that is
 */
public record Surroundings(String command, Path home, Map<String, String> environment, InputStream in, PrintStream out,
		PrintStream err, boolean terminal, int columns, InstantSource clock, ZoneId zone, Pause pause,
		Patience patience) {

	private static final int COLUMNS = 80;

	/** Those of this process; the script says what a Java program cannot find out. */
	public static Surroundings ofProcess() {
		String terminal = System.getProperty("invite.terminal");
		return new Surroundings(System.getProperty("invite.command", "invite"),
				Path.of(System.getProperty("invite.home", "")), System.getenv(), System.in, System.out, System.err,
				(terminal != null) ? Boolean.parseBoolean(terminal) : isTerminal(), terminalColumns(),
				InstantSource.system(), ZoneId.systemDefault(), Thread::sleep, Patience.STANDARD);
	}

	private static boolean isTerminal() {
		return System.console() != null && System.console().isTerminal();
	}

	private static int terminalColumns() {
		int columns = Integer.getInteger("invite.columns", COLUMNS);
		return (columns >= 20) ? columns : COLUMNS;
	}

	@Override
	public String toString() {
		return "Surroundings[" + this.command + "]";
	}

}
