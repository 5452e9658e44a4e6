package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** Topics with settings of their own. */
final class TestTopics {

	private TestTopics() {
	}

	static void create(String bootstrapServers, String name, int partitions, Map<String, String> config) {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
			admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(config))).all().get();
			Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> hasLeaders(admin, name));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean hasLeaders(Admin admin, String name) throws Exception {
		return admin.describeTopics(List.of(name))
			.allTopicNames()
			.get()
			.values()
			.iterator()
			.next()
			.partitions()
			.stream()
			.allMatch((partition) -> partition.leader() != null && !partition.leader().isEmpty());
	}

}
