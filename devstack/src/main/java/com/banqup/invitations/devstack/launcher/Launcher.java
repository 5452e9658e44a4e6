package com.banqup.invitations.devstack.launcher;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.demo.DemoException;

/**
 * The program behind {@code ./run}. System properties: {@code launcher.home}, the folder
 * of the sources; {@code launcher.terminal}, whether the output is a terminal;
 * {@code launcher.script}, the process whose end is the end of the run too.
 */
public final class Launcher {

	private static final int FAILED = 1;

	private static final int MISUSED = 2;

	private Launcher() {
	}

	/** Runs a command line and ends the process with its exit code. */
	public static void main(String[] arguments) {
		Path home = Path.of(System.getProperty("launcher.home", "")).toAbsolutePath();
		Console console = new Console(System.out, Boolean.getBoolean("launcher.terminal"));
		System.exit(run(home, console, List.of(arguments)));
	}

	private static int run(Path home, Console console, List<String> arguments) {
		try {
			run(home, console, Options.parse(arguments, home.resolve("data")));
			return 0;
		}
		catch (UsageException ex) {
			System.err.println("./run: " + ex.getMessage() + "; see ./run --help");
			return MISUSED;
		}
		catch (LaunchException | DemoException ex) {
			System.err.println("./run: " + ex.getMessage());
			return FAILED;
		}
	}

	private static void run(Path home, Console console, Options options) {
		switch (options.command()) {
			case Command.Up up -> up(home, console, options, up);
			case Command.Demo demo ->
				DemoRun.on(Endpoints.read(options.data()), home, console, InstantSource.system()).run();
			case Command.Status status -> order(options, "status");
			case Command.StopPart stop -> order(options, "stop/" + stop.part());
			case Command.StartPart start -> order(options, "start/" + start.part());
		}
	}

	private static void order(Options options, String order) {
		System.out.print(new ControlClient(ControlAddress.read(options.data())).send(order));
	}

	private static void up(Path home, Console console, Options options, Command.Up up) {
		StopSignal stop = StopSignal.install();
		Long script = Long.getLong("launcher.script");
		if (script != null) {
			ProcessHandle.of(script).ifPresentOrElse(stop::watch, stop::request);
		}
		new Run(home, console, options, up, stop).untilStopped();
	}

}
