package com.banqup.invitations.devstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.banqup.invitations.schemas.TopicSpec;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every Kafka of the stack does. */
interface KafkaContract {

	Stack stack();

	@Test
	default void hasEveryTopicWithALeaderForEachPartition() throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack().kafka().bootstrapServers()))) {
			Map<String, TopicDescription> topics = admin
				.describeTopics(Topics.all().stream().map(TopicSpec::name).toList())
				.allTopicNames()
				.get();

			for (TopicSpec topic : Topics.all()) {
				assertThat(Objects.requireNonNull(topics.get(topic.name())).partitions()).hasSize(topic.partitions())
					.allSatisfy((partition) -> assertThat(partition.leader().port()).isPositive());
			}
		}
	}

	@Test
	default void keepsItsRecordsOverAnOutage() throws Exception {
		KafkaBroker kafka = stack().kafka();
		String topic = "outage-" + UUID.randomUUID();
		kafka.createTopic(topic, 3);
		send(kafka, topic, "before");

		kafka.stop();

		assertThat(kafka.isRunning()).isFalse();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> sendHastily(kafka, topic, "lost"));

		kafka.start();
		send(kafka, topic, "after");

		assertThat(kafka.isRunning()).isTrue();
		assertThat(receive(kafka, topic, 2)).containsExactlyInAnyOrder("before", "after");
	}

	@Test
	default void createsNoTopicByItself() {
		KafkaBroker kafka = stack().kafka();

		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> sendHastily(kafka, "unknown-" + UUID.randomUUID(), "value"));
	}

	private static void send(KafkaBroker kafka, String topic, String value) throws Exception {
		send(kafka, topic, value, 30_000);
	}

	/** For what must fail: it does not have to take long. */
	private static void sendHastily(KafkaBroker kafka, String topic, String value) throws Exception {
		send(kafka, topic, value, 2_000);
	}

	private static void send(KafkaBroker kafka, String topic, String value, int patience) throws Exception {
		Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", patience,
				"delivery.timeout.ms", 2 * patience, "request.timeout.ms", patience, "linger.ms", 0);
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
				new StringSerializer())) {
			producer.send(new ProducerRecord<>(topic, "key", value)).get(2, TimeUnit.MINUTES);
		}
	}

	private static List<String> receive(KafkaBroker kafka, String topic, int count) {
		Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id",
				"group-" + UUID.randomUUID(), "auto.offset.reset", "earliest"));
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			List<String> values = new ArrayList<>();
			long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
			while (values.size() < count && System.nanoTime() < deadline) {
				for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
					values.add(record.value());
				}
			}
			return values;
		}
	}

}
