package com.banqup.invitations.cli.command;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

import com.banqup.invitations.cli.api.Interrupted;
import com.banqup.invitations.cli.api.ProblemAnswered;
import com.banqup.invitations.cli.api.Unreachable;
import com.banqup.invitations.cli.connection.Misconfigured;
import com.banqup.invitations.cli.console.Console;
import com.banqup.invitations.cli.upload.FileChanged;
import picocli.CommandLine;

/** The program: reads the command line, runs the command, says what failed. */
public final class Program {

	/** A JSON web token, which somebody may have put where it does not belong. */
	private static final String TOKEN = "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+";

	private final Surroundings surroundings;

	private final Console console;

	private final Interruption interruption = new Interruption();

	public Program(Surroundings surroundings) {
		this.surroundings = surroundings;
		this.console = new Console(surroundings.out(), surroundings.err(), surroundings.terminal(),
				surroundings.columns());
	}

	/** From now on, a process that is told to end says first how to go on. */
	public Program withWordsAtTheEndOfTheProcess() {
		this.interruption.sayAtTheEndOfTheProcess(this.console);
		return this;
	}

	/** Runs a command line, and gives the exit code. */
	public int run(String... arguments) {
		CommandLine line = new CommandLine(new InviteCommand());
		line.addSubcommand(new BatchCommand(this));
		line.addSubcommand(new StatusCommand(this));
		line.addSubcommand(new FollowCommand(this));
		line.addSubcommand(new CancelCommand(this));
		line.addSubcommand(new RetryCommand(this));
		line.addSubcommand(new RowsCommand(this));
		line.setCommandName(this.surroundings.command());
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.setUsageHelpAutoWidth(false);
		line.setOut(new PrintWriter(this.surroundings.out(), true));
		line.setErr(new PrintWriter(this.surroundings.err(), true));
		line.setParameterExceptionHandler((ex, args) -> misuse(String.valueOf(ex.getMessage()), ex.getCommandLine()));
		line.setExecutionExceptionHandler((ex, command, result) -> failed(ex, command));
		line.getSubcommands().values().forEach(Program::addExitCodes);
		addExitCodes(line);
		try {
			return line.execute(arguments);
		}
		finally {
			this.interruption.over();
		}
	}

	private static void addExitCodes(CommandLine command) {
		command.getCommandSpec()
			.usageMessage()
			.exitCodeListHeading("%nExit codes:%n")
			.exitCodeList(ExitCode.meanings());
	}

	Surroundings surroundings() {
		return this.surroundings;
	}

	Console console() {
		return this.console;
	}

	Interruption interruption() {
		return this.interruption;
	}

	private int misuse(String message, CommandLine command) {
		this.console.note(command.getCommandSpec().qualifiedName() + ": " + message.replaceAll(TOKEN, "(a token)"));
		this.console.note("See " + command.getCommandSpec().qualifiedName() + " --help");
		return ExitCode.MISUSE.code();
	}

	private int failed(Exception failure, CommandLine command) {
		return switch (failure) {
			case Misuse misuse -> misuse(String.valueOf(misuse.getMessage()), command);
			case Misconfigured misuse -> misuse(String.valueOf(misuse.getMessage()), command);
			case Interrupted interrupted -> end(ExitCode.INTERRUPTED);
			case ProblemAnswered refusal -> {
				new RefusalText(refusal).lines().forEach(this.console::note);
				yield end(ExitCode.FAILED);
			}
			case Unreachable unreachable -> failed("The server cannot be reached: " + unreachable.getMessage());
			case FileChanged changed -> failed(String.valueOf(changed.getMessage()));
			case UncheckedIOException io -> failed(ioFailure(io));
			default -> failed(failure.toString().replaceAll(TOKEN, "(a token)"));
		};
	}

	private static String ioFailure(UncheckedIOException failure) {
		Throwable cause = failure.getCause();
		return (cause instanceof NoSuchFileException missing) ? missing.getFile() + " is not there"
				: String.valueOf((cause != null) ? cause.getMessage() : failure.getMessage());
	}

	private int failed(String message) {
		this.console.note(message);
		return end(ExitCode.FAILED);
	}

	private int end(ExitCode exit) {
		this.interruption.say(this.console);
		return exit.code();
	}

}
