package com.banqup.invitations.devstack.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.devstack.SchemaRegistry;
import com.banqup.invitations.devstack.host.ChildProcess;
import com.banqup.invitations.devstack.host.Ports;
import com.banqup.invitations.devstack.host.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio Registry as a child process, with its data in a file. A registered schema is
 * on the disk when the registry says so: its id is in records that outlive any crash.
 */
public final class EmbeddedRegistry implements SchemaRegistry {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final Path folder;

	private final Path logFile;

	private final int port;

	private final Path record;

	private @Nullable ChildProcess process;

	/**
	 * Describes a registry, not started yet.
	 * @param folder for its data
	 * @param logFile for what it prints
	 * @param port on 127.0.0.1
	 */
	public EmbeddedRegistry(Path folder, Path logFile, int port) {
		this.folder = folder;
		this.logFile = logFile;
		this.port = port;
		this.record = record(folder);
	}

	@Override
	public String url() {
		return RegistryProbe.url(this.port);
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		endLeftovers(this.folder);
		Ports.requireFree(this.port, "the schema registry");
		ChildProcess started = ChildProcess.start("the schema registry", command(), Map.of(), this.record,
				this.logFile);
		this.process = started;
		try {
			Waiting.until("schema registry at " + url(), PATIENCE, () -> {
				started.requireAlive();
				return RegistryProbe.serves(url());
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
		if (running != null) {
			this.process = null;
			running.stop(Duration.ofSeconds(15));
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	/** Ends a registry that a killed run left behind on this folder. */
	public static void endLeftovers(Path folder) {
		ChildProcess.endRecorded("the schema registry", record(folder));
	}

	private static Path record(Path folder) {
		return folder.resolve("process");
	}

	private List<String> command() {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED"));
		settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
		command.addAll(List.of("-jar", RegistryProgram.jar().toString()));
		return command;
	}

	private Map<String, String> settings() {
		return Map.ofEntries(Map.entry("quarkus.http.host", "127.0.0.1"),
				Map.entry("quarkus.http.port", Integer.toString(this.port)),
				Map.entry("quarkus.http.access-log.enabled", "false"),
				Map.entry("quarkus.management.host", "127.0.0.1"), Map.entry("quarkus.management.port", "0"),
				Map.entry("quarkus.banner.enabled", "false"),
				Map.entry("quarkus.log.category.\"io.apicurio\".level", "WARN"),
				Map.entry("apicurio.storage.kind", "sql"), Map.entry("apicurio.storage.sql.kind", "h2"),
				Map.entry("apicurio.datasource.url", fileUrl(this.folder.resolve("registry").toString())),
				Map.entry("apicurio.datasource.jdbc.initial-size", "1"),
				Map.entry("apicurio.datasource.jdbc.min-size", "1"),
				Map.entry("apicurio.datasource.jdbc.max-size", "10"));
	}

	/**
	 * H2 writes behind by half a second unless told not to. A crash would then forget a
	 * schema whose id is in records already, and give the id to another.
	 */
	public static String fileUrl(String file) {
		return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
	}

}
