package com.banqup.invitations.devstack.containers;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.banqup.invitations.devstack.KafkaBroker;
import com.banqup.invitations.devstack.kafka.BrokerSettings;
import com.banqup.invitations.devstack.kafka.KafkaTopics;
import com.banqup.invitations.schemas.TopicSpec;
import com.banqup.invitations.schemas.Topics;

/**
 * Kafka in a container, set up like the embedded one. Clients come by the published port;
 * the broker itself has a listener within the container, where that port is not its own.
 */
public final class KafkaContainer extends PartContainer implements KafkaBroker {

	private static final int CLIENTS = 9092;

	private static final int CONTROLLER = 9093;

	private static final int BROKER = 9094;

	public KafkaContainer(int port) {
		super("Kafka", Image.KAFKA, port, CLIENTS);
	}

	@Override
	Map<String, String> environment() {
		Map<String, String> settings = new HashMap<>(BrokerSettings.small());
		settings.put("controller.quorum.voters", "1@127.0.0.1:" + CONTROLLER);
		settings.put("listeners", "PLAINTEXT://0.0.0.0:%d,BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
			.formatted(CLIENTS, BROKER, CONTROLLER));
		settings.put("advertised.listeners",
				"PLAINTEXT://127.0.0.1:%d,BROKER://127.0.0.1:%d".formatted(port(), BROKER));
		settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
		settings.put("inter.broker.listener.name", "BROKER");
		Map<String, String> environment = new HashMap<>();
		settings.forEach(
				(name, value) -> environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
		environment.put("KAFKA_HEAP_OPTS", "-Xmx512m");
		return environment;
	}

	@Override
	void awaitReady() {
		KafkaTopics.provision(bootstrapServers(), Topics.all());
	}

	@Override
	public String bootstrapServers() {
		return "127.0.0.1:" + port();
	}

	@Override
	public void createTopic(String name, int partitions) {
		KafkaTopics.provision(bootstrapServers(), List.of(new TopicSpec(name, partitions, Map.of())));
	}

}
