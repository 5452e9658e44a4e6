package com.banqup.invitations.devstack.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The command line, understood.
 *
 * @param command what to do
 * @param data the data folder
 * @param ports where everything listens
 */
record Options(Command command, Path data, PortPlan ports) {

	/**
	 * Understands a command line.
	 * @param defaultData the data folder unless the command line names one
	 * @throws UsageException when it cannot be understood
	 */
	static Options parse(List<String> arguments, Path defaultData) {
		Parser parser = new Parser();
		parser.read(arguments);
		return new Options(parser.command(), (parser.data != null) ? parser.data : defaultData,
				(parser.portBase != null) ? PortPlan.from(parser.portBase) : PortPlan.standard());
	}

	private static final class Parser {

		private static final Map<String, Integer> ARGUMENTS_OF_COMMANDS = Map.of("demo", 0, "status", 0, "stop", 1,
				"start", 1);

		private final List<String> words = new ArrayList<>();

		private @Nullable Path data;

		private @Nullable Integer portBase;

		private boolean fresh;

		private boolean demo = true;

		void read(List<String> arguments) {
			Iterator<String> rest = arguments.iterator();
			while (rest.hasNext()) {
				String argument = rest.next();
				if (argument.startsWith("-")) {
					readOption(argument, rest);
				}
				else {
					this.words.add(argument);
				}
			}
		}

		private void readOption(String argument, Iterator<String> rest) {
			int equals = argument.indexOf('=');
			String name = (equals < 0) ? argument : argument.substring(0, equals);
			String attached = (equals < 0) ? null : argument.substring(equals + 1);
			switch (name) {
				case "--data" -> this.data = path(value(name, attached, rest));
				case "--port-base" -> this.portBase = port(value(name, attached, rest));
				case "--fresh" -> this.fresh = flag(name, attached);
				case "--no-demo" -> this.demo = !flag(name, attached);
				default -> throw new UsageException("unknown option: " + argument);
			}
		}

		Command command() {
			if (this.words.isEmpty()) {
				return new Command.Up(this.fresh, this.demo);
			}
			String name = this.words.getFirst();
			List<String> arguments = this.words.subList(1, this.words.size());
			Integer expected = ARGUMENTS_OF_COMMANDS.get(name);
			if (expected == null) {
				throw new UsageException("unknown command: " + name + " (expected: stop, start, status, demo)");
			}
			if (arguments.size() != expected) {
				throw new UsageException((expected == 0) ? name + " takes no argument, given: " + arguments
						: name + " takes one part, given: " + arguments);
			}
			if (this.fresh || !this.demo || this.portBase != null) {
				throw new UsageException(name + " takes no option but --data: it concerns a system that is up");
			}
			return switch (name) {
				case "stop" -> new Command.StopPart(arguments.getFirst());
				case "start" -> new Command.StartPart(arguments.getFirst());
				case "demo" -> new Command.Demo();
				default -> new Command.Status();
			};
		}

		private static String value(String name, @Nullable String attached, Iterator<String> rest) {
			String value = (attached == null && rest.hasNext()) ? rest.next() : attached;
			if (value == null || value.isBlank()) {
				throw new UsageException(name + " needs a value");
			}
			return value;
		}

		private static boolean flag(String name, @Nullable String attached) {
			if (attached != null) {
				throw new UsageException(name + " takes no value");
			}
			return true;
		}

		private static Path path(String text) {
			try {
				return Path.of(text);
			}
			catch (InvalidPathException ex) {
				throw new UsageException("--data: not a path: " + text);
			}
		}

		private static int port(String text) {
			int highest = PortPlan.HIGHEST_BASE;
			try {
				int base = Integer.parseInt(text);
				if (base >= PortPlan.LOWEST_BASE && base <= highest) {
					return base;
				}
			}
			catch (NumberFormatException ex) {
				// said below
			}
			throw new UsageException(
					"--port-base: %s (expected: %d..%d)".formatted(text, PortPlan.LOWEST_BASE, highest));
		}

	}

}
