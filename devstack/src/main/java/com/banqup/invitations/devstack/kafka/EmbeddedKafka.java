package com.banqup.invitations.devstack.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import com.banqup.invitations.devstack.KafkaBroker;
import com.banqup.invitations.devstack.host.Ports;
import com.banqup.invitations.schemas.TopicSpec;
import com.banqup.invitations.schemas.Topics;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's own server, broker and controller, in this process. */
public final class EmbeddedKafka implements KafkaBroker {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

	private final Path folder;

	private final int port;

	private final int controllerPort;

	private final Map<String, String> moreSettings;

	private @Nullable KafkaRaftServer server;

	/**
	 * Describes a broker, not started yet.
	 * @param folder for its data
	 * @param port for clients, on 127.0.0.1
	 * @param controllerPort for its quorum, on 127.0.0.1
	 */
	public EmbeddedKafka(Path folder, int port, int controllerPort) {
		this(folder, port, controllerPort, Map.of());
	}

	/**
	 * Describes a broker that differs from the usual one, not started yet.
	 * @param folder for its data
	 * @param port for clients, on 127.0.0.1
	 * @param controllerPort for its quorum, on 127.0.0.1
	 * @param moreSettings what it is set up with besides, or instead
	 */
	public EmbeddedKafka(Path folder, int port, int controllerPort, Map<String, String> moreSettings) {
		this.folder = folder;
		this.port = port;
		this.controllerPort = controllerPort;
		this.moreSettings = Map.copyOf(moreSettings);
	}

	@Override
	public String bootstrapServers() {
		return "127.0.0.1:" + this.port;
	}

	@Override
	public synchronized void start() {
		if (isRunning()) {
			return;
		}
		Ports.requireFree(this.port, "Kafka");
		Ports.requireFree(this.controllerPort, "Kafka's controller");
		surviveFatalErrors();
		Map<String, String> settings = settings();
		if (!Files.exists(logFolder().resolve("meta.properties"))) {
			format(settings);
		}
		KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
		this.server = started;
		boolean up = false;
		try {
			started.startup();
			KafkaTopics.provision(bootstrapServers(), Topics.all());
			up = true;
		}
		finally {
			if (!up) {
				stop();
			}
		}
	}

	@Override
	public synchronized void stop() {
		KafkaRaftServer running = this.server;
		if (running == null) {
			return;
		}
		this.server = null;
		boolean interrupted = Thread.interrupted();
		try {
			running.shutdown();
			running.awaitShutdown();
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.server != null;
	}

	@Override
	public void createTopic(String name, int partitions) {
		KafkaTopics.provision(bootstrapServers(), List.of(new TopicSpec(name, partitions, Map.of())));
	}

	/** Kafka ends the process when it cannot go on; this process is not only Kafka's. */
	private static void surviveFatalErrors() {
		Exit.Procedure refuse = (status, message) -> {
			log.error("Kafka cannot go on and wanted to end the process with status {}: {}", status, message);
			throw new IllegalStateException("Kafka cannot go on: " + message);
		};
		Exit.setExitProcedure(refuse);
		Exit.setHaltProcedure(refuse);
	}

	private Path logFolder() {
		return this.folder.resolve("log");
	}

	private void format(Map<String, String> settings) {
		try {
			Files.createDirectories(this.folder);
			Path file = this.folder.resolve("server.properties");
			Properties properties = new Properties();
			properties.putAll(settings);
			try (var out = Files.newOutputStream(file)) {
				properties.store(out, null);
			}
			ByteArrayOutputStream output = new ByteArrayOutputStream();
			int status = StorageTool.execute(new String[] { "format", "--standalone", "-t",
					Uuid.randomUuid().toString(), "-c", file.toString() },
					new PrintStream(output, true, StandardCharsets.UTF_8));
			if (status != 0) {
				throw new IllegalStateException(
						"Kafka's storage cannot be formatted: " + output.toString(StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, String> settings() {
		String listeners = "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(this.port,
				this.controllerPort);
		Map<String, String> settings = new HashMap<>(BrokerSettings.small());
		settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + this.controllerPort);
		settings.put("listeners", listeners);
		settings.put("advertised.listeners", listeners);
		settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
		settings.put("log.dirs", logFolder().toString());
		settings.putAll(this.moreSettings);
		return settings;
	}

}
