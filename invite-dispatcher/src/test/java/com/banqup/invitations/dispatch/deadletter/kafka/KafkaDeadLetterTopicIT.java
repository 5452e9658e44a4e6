package com.banqup.invitations.dispatch.deadletter.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.RequestTopics;
import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.RecordHeader;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class KafkaDeadLetterTopicIT {

	private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private final KafkaDeadLetterTopic topic = new KafkaDeadLetterTopic(new DefaultKafkaProducerFactory<>(
			Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, Stack.shared().kafka().bootstrapServers()),
			new ByteArraySerializer(), new ByteArraySerializer()));

	@AfterEach
	void close() {
		this.topic.close();
	}

	@Test
	void leavesOutAValueThatWouldMakeTheRecordTooLargeAndSaysSo() {
		byte[] key = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

		this.topic.publish(letter(key, new byte[2_000_000])).block(Duration.ofSeconds(60));

		ConsumerRecord<byte[], byte[]> dead = find(key);
		assertThat(dead.value()).isNull();
		assertThat(header(dead, KafkaDeadLetterTopic.OMITTED)).isEqualTo("2000000");
		assertThat(header(dead, KafkaDeadLetterTopic.REASON)).isEqualTo("undecodable");
		assertThat(header(dead, "kafka_dlt-original-topic")).isEqualTo("invitation-requests");
		assertThat(header(dead, "trace")).isEqualTo("abc");
	}

	@Test
	void keepsAValueThatFits() {
		byte[] key = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

		this.topic.publish(letter(key, new byte[] { 1, 2 })).block(Duration.ofSeconds(60));

		assertThat(find(key).value()).containsExactly(1, 2);
		assertThat(find(key).headers().lastHeader(KafkaDeadLetterTopic.OMITTED)).isNull();
	}

	private static DeadLetter letter(byte[] key, byte[] value) {
		return new DeadLetter(
				new OriginalRecord("invitation-requests", 1, 17, NOW, key, value,
						List.of(new RecordHeader("trace", "abc".getBytes(StandardCharsets.UTF_8)))),
				"undecodable", "detail", NOW);
	}

	private static ConsumerRecord<byte[], byte[]> find(byte[] key) {
		Map<String, Object> settings = new HashMap<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers(), ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = RequestTopics.partitionsOf(Topics.INVITATION_REQUESTS_DEAD_LETTERS);
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
					if (Arrays.equals(record.key(), key)) {
						return record;
					}
				}
			}
		}
		throw new AssertionError("no dead letter");
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

}
