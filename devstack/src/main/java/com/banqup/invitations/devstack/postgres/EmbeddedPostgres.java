package com.banqup.invitations.devstack.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Postgres;
import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.DataFolder;
import com.banqup.invitations.devstack.host.Ports;
import com.banqup.invitations.devstack.host.Waiting;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a child process on a folder. */
public final class EmbeddedPostgres implements Postgres {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	/** Data that a test throws away needs no protection from a power cut. */
	private static final Map<String, String> FAST = Map.of("fsync", "off", "full_page_writes", "off",
			"synchronous_commit", "off");

	/**
	 * Memory as for a small server of its own; PostgreSQL's defaults are for the smallest
	 * of all, and write the same pages again and again while a bulk runs.
	 */
	private static final Map<String, String> DURABLE = Map.of("fsync", "on", "full_page_writes", "on",
			"synchronous_commit", "on", "shared_buffers", "512MB", "max_wal_size", "4GB");

	private final Path folder;

	private final Path data;

	private final Path logFile;

	private final int port;

	private final boolean durable;

	private final Map<String, String> changedSettings;

	private final Databases databases;

	private final Path record;

	private @Nullable ChildProcess process;

	/**
	 * Describes a server, not started yet.
	 * @param folder for its data
	 * @param logFile for what it prints
	 * @param port on 127.0.0.1
	 * @param durable whether a commit survives a power cut
	 * @param changedSettings that count instead of this stack's own
	 */
	public EmbeddedPostgres(Path folder, Path logFile, int port, boolean durable, Map<String, String> changedSettings) {
		this.folder = folder;
		this.data = folder.resolve("data");
		this.logFile = logFile;
		this.port = port;
		this.durable = durable;
		this.changedSettings = changedSettings;
		this.databases = new Databases(port, "");
		this.record = record(folder);
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		Unprivileged user = Unprivileged.user();
		Path programs = PostgresBinaries.unpacked(user.isAnotherUser()).resolve("bin");
		endLeftovers(this.folder);
		removeMisleadingLock();
		Ports.requireFree(this.port, "PostgreSQL");
		if (!Files.exists(this.data)) {
			initialise(programs, user);
		}
		List<String> command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D",
				this.data.toString(), "-p", Integer.toString(this.port)));
		settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
		ChildProcess started = ChildProcess.start("PostgreSQL", user.command(command), Map.of(), this.record,
				this.logFile);
		this.process = started;
		try {
			Waiting.until("PostgreSQL on port " + this.port, PATIENCE, () -> {
				started.requireAlive();
				this.databases.ping();
				return Optional.of(true);
			});
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
	}

	@Override
	public synchronized void stop() {
		ChildProcess running = this.process;
		if (running == null) {
			return;
		}
		this.process = null;
		running.stop(ChildProcess::interrupt, Duration.ofSeconds(20));
	}

	@Override
	public synchronized boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	@Override
	public Database createDatabase(String name) {
		return this.databases.create(name);
	}

	@Override
	public Database uniqueDatabase(String prefix) {
		return this.databases.createUnique(prefix);
	}

	private Map<String, String> settings() {
		Map<String, String> settings = new TreeMap<>(this.durable ? DURABLE : FAST);
		settings.put("listen_addresses", "127.0.0.1");
		settings.put("unix_socket_directories", "");
		settings.put("dynamic_shared_memory_type", "mmap");
		settings.put("max_connections", "300");
		settings.put("timezone", "UTC");
		settings.put("log_timezone", "UTC");
		settings.putAll(this.changedSettings);
		return settings;
	}

	private void initialise(Path programs, Unprivileged user) {
		try {
			Files.createDirectories(this.folder);
			Path half = this.folder.resolve("data.new");
			DataFolder.delete(half);
			Files.createDirectory(half);
			user.own(half);
			List<String> command = new ArrayList<>(
					List.of(programs.resolve("initdb").toString(), "-D", half.toString(), "-U", "postgres",
							"--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"));
			if (!this.durable) {
				command.add("--no-sync");
			}
			run(user.command(command), "initdb");
			Files.move(half, this.data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ends a server that a killed run left behind on this folder, by a fast shutdown
	 * (SIGINT): after SIGTERM it would wait for every client to leave.
	 */
	public static void endLeftovers(Path folder) {
		ChildProcess.endRecorded("PostgreSQL", record(folder), ChildProcess::interrupt);
	}

	private static Path record(Path folder) {
		return folder.resolve("process");
	}

	/**
	 * A killed server leaves postmaster.pid behind, and the next one refuses to start
	 * when a process has that id by now: here one that is no PostgreSQL.
	 */
	private void removeMisleadingLock() {
		Path file = this.data.resolve("postmaster.pid");
		try {
			if (Files.exists(file) && namesAnotherProgram(Files.readString(file))) {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean namesAnotherProgram(String lock) {
		return lock.lines()
			.findFirst()
			.filter((pid) -> pid.matches("\\d{1,18}"))
			.flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid)))
			.flatMap((process) -> process.info().command())
			.filter((program) -> !Path.of(program).getFileName().toString().startsWith("postgres"))
			.isPresent();
	}

	private void run(List<String> command, String name) {
		try {
			Files.createDirectories(this.logFile.toAbsolutePath().getParent());
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.logFile.toFile()))
				.start();
			process.getOutputStream().close();
			if (waitFor(process) != 0) {
				throw new IllegalStateException(
						"%s failed with exit code %d (log: %s)".formatted(name, process.exitValue(), this.logFile));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while running " + name, ex);
		}
	}

	private static int waitFor(Process process) throws InterruptedException {
		try {
			return process.waitFor();
		}
		finally {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

}
