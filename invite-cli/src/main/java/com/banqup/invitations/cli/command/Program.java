package com.banqup.invitations.cli.command;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.UUID;

import com.banqup.invitations.cli.api.Interrupted;
import com.banqup.invitations.cli.api.ProblemAnswered;
import com.banqup.invitations.cli.api.Unreachable;
import com.banqup.invitations.cli.connection.Misconfigured;
import com.banqup.invitations.cli.console.Console;
import com.banqup.invitations.cli.upload.FileChanged;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: reads the command line, runs the command, says what failed. */
public final class Program {

	/** A JSON web token, which somebody may have put where it does not belong. */
	private static final String TOKEN = "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_.-]+";

	private static final int UUID_LENGTH = 36;

	private static final String EXAMPLE = "0199a6c4-5b1e-7c3a-9f60-2f1f0e8f3a11";

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
		line.registerConverter(UUID.class, Program::id);
		line.registerConverter(URI.class, Program::address);
		line.setParameterExceptionHandler((ex, args) -> misuse(message(ex), ex.getCommandLine()));
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

	private static UUID id(String text) {
		try {
			if (text.length() == UUID_LENGTH) {
				return UUID.fromString(text);
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new TypeConversionException("this is no id (expected: a UUID such as %s)".formatted(EXAMPLE));
	}

	private static URI address(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			throw new TypeConversionException("this is no address (expected: one such as https://invite.example.com)");
		}
	}

	private static String message(ParameterException ex) {
		if (ex instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
			String argument = unmatched.getUnmatched().getFirst();
			CommandLine command = ex.getCommandLine();
			return (command.getParent() != null) ? "'" + argument + "' is one argument too many"
					: "there is no command '%s' (expected: %s)".formatted(argument,
							String.join(", ", command.getSubcommands().keySet()));
		}
		return String.valueOf(ex.getMessage());
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
