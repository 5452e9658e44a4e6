package com.banqup.invitations.devstack.host;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that a part runs. It is recorded in a file by its id and start instant, so
 * that a later run can end it if this one is killed, and never ends anything else.
 */
public final class ChildProcess {

	private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);

	/** The start instant of one process may be told a little differently each time. */
	private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

	private static final Duration LEFTOVERS_PATIENCE = Duration.ofSeconds(10);

	private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

	private final String name;

	private final Process process;

	private final Path record;

	private final Path logFile;

	private ChildProcess(String name, Process process, Path record, Path logFile) {
		this.name = name;
		this.process = process;
		this.record = record;
		this.logFile = logFile;
	}

	/**
	 * Starts a process.
	 * @param name of the process in messages
	 * @param command the program and its arguments
	 * @param environment added to this process's environment
	 * @param record the file that remembers the process
	 * @param logFile takes the process's output, appended
	 */
	public static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path record,
			Path logFile) {
		try {
			Files.createDirectories(logFile.toAbsolutePath().getParent());
			ProcessBuilder builder = new ProcessBuilder(command);
			builder.environment().putAll(environment);
			builder.redirectErrorStream(true);
			builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
			builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
			Process process = builder.start();
			remember(process, record);
			return new ChildProcess(name, process, record, logFile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name + " could not be started: " + ex.getMessage(), ex);
		}
	}

	private static void remember(Process process, Path record) throws IOException {
		try {
			Instant started = process.info().startInstant().orElse(Instant.now());
			Files.writeString(record, process.pid() + " " + started + "\n");
		}
		catch (IOException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	/** The recorded process, if it still runs and is the same. */
	public static Optional<ProcessHandle> recorded(Path record) {
		if (!Files.exists(record)) {
			return Optional.empty();
		}
		try {
			String[] words = Files.readString(record).strip().split(" ");
			if (words.length != 2) {
				return Optional.empty();
			}
			Instant started = Instant.parse(words[1]);
			return ProcessHandle.of(Long.parseLong(words[0]))
				.filter((handle) -> handle.info()
					.startInstant()
					.filter((instant) -> Duration.between(instant, started).abs().compareTo(CLOCK_TOLERANCE) <= 0)
					.isPresent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends what a killed run left behind, with everything it started. */
	public static void endRecorded(String name, Path record) {
		endRecorded(name, record, ProcessHandle::destroy);
	}

	/** The same, asking it to end in its own way. */
	public static void endRecorded(String name, Path record, Consumer<ProcessHandle> ask) {
		recorded(record).ifPresent((handle) -> {
			log.info("Ending {} (process {}) that an earlier run left behind", name, handle.pid());
			List<ProcessHandle> descendants = handle.descendants().toList();
			end(name, handle, ask, LEFTOVERS_PATIENCE);
			descendants.forEach((child) -> end(name, child, ProcessHandle::destroy, LEFTOVERS_PATIENCE));
		});
		forget(record);
	}

	/** Asks with SIGINT; Java itself knows SIGTERM and SIGKILL. */
	public static void interrupt(ProcessHandle process) {
		try {
			new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	public long pid() {
		return this.process.pid();
	}

	/** Waits for the process's end: its exit code, or empty while it lives on. */
	public OptionalInt awaitExit(Duration patience) throws InterruptedException {
		return this.process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
				? OptionalInt.of(this.process.exitValue()) : OptionalInt.empty();
	}

	/** Fails with the end of the process's log if it is no longer there. */
	public void requireAlive() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException(this.name + " ended with exit code " + this.process.exitValue() + ": "
					+ lastLines(this.logFile) + " (log: " + this.logFile + ")");
		}
	}

	/** Asks with the signal that ends programs, and waits. */
	public void stop(Duration patience) {
		stop(ProcessHandle::destroy, patience);
	}

	/**
	 * Asks the process to end and returns when it is gone: it is killed when the patience
	 * is over. An interrupt does not cut this short.
	 */
	public void stop(Consumer<ProcessHandle> ask, Duration patience) {
		if (this.process.isAlive()) {
			end(this.name, this.process.toHandle(), ask, patience);
			this.process.onExit().join();
		}
		forget(this.record);
	}

	private static void end(String name, ProcessHandle process, Consumer<ProcessHandle> ask, Duration patience) {
		ask.accept(process);
		boolean ended = process.onExit()
			.thenApply((exited) -> true)
			.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS)
			.join();
		if (!ended) {
			log.warn("{} (process {}) did not end within {}: it is killed", name, process.pid(), patience);
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			// Where nobody collects a dead orphan it counts as alive for ever.
			process.onExit().completeOnTimeout(process, KILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
		}
	}

	private static void forget(Path record) {
		try {
			Files.deleteIfExists(record);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String lastLines(Path file) {
		try {
			List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
			return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
		}
		catch (IOException ex) {
			return "no log";
		}
	}

}
