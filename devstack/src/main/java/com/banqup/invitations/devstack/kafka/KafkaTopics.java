package com.banqup.invitations.devstack.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import com.banqup.invitations.devstack.host.Waiting;
import com.banqup.invitations.schemas.TopicSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/** Creates topics and waits until they can be written. */
public final class KafkaTopics {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private KafkaTopics() {
	}

	/**
	 * Creates the topics that are not there, and returns when every partition of every
	 * topic has a leader: a producer that starts earlier can fall into a storm of
	 * retries.
	 */
	public static void provision(String bootstrapServers, List<TopicSpec> topics) {
		try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
				AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000, AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
				30_000, AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200))) {
			Set<String> present = Waiting.until("Kafka at " + bootstrapServers, PATIENCE,
					() -> Optional.of(admin.listTopics().names().get()));
			create(admin, topics.stream().filter((topic) -> !present.contains(topic.name())).toList());
			Waiting.until("leaders of Kafka's topics", PATIENCE,
					() -> Optional.of(describe(admin)).filter(KafkaTopics::allLed));
		}
	}

	private static void create(Admin admin, List<TopicSpec> topics) {
		try {
			admin
				.createTopics(topics.stream()
					.map((topic) -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.config()))
					.toList())
				.all()
				.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("topics cannot be created: " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while creating topics", ex);
		}
	}

	private static Collection<TopicDescription> describe(Admin admin) throws ExecutionException, InterruptedException {
		return admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values();
	}

	private static boolean allLed(Collection<TopicDescription> topics) {
		return topics.stream()
			.flatMap((topic) -> topic.partitions().stream())
			.allMatch((partition) -> partition.leader() != null && !partition.leader().isEmpty());
	}

}
