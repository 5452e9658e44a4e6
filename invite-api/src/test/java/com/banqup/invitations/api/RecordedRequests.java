package com.banqup.invitations.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.subject.TopicRecordNameStrategy;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a Partner Space asked of the other services, as it stands in Kafka. */
public final class RecordedRequests {

	private RecordedRequests() {
	}

	/**
	 * The values with this Partner Space as their key, in order, read from the beginning.
	 */
	public static List<Object> of(Stack stack, UUID partnerSpace) {
		return records(stack, partnerSpace).stream().map(ConsumerRecord::value).toList();
	}

	/** The same with all that surrounds them. */
	public static List<ConsumerRecord<String, Object>> records(Stack stack, UUID partnerSpace) {
		TrustedRecords.trust();
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers(),
				"schema.registry.url", stack.registry().url(), "specific.avro.reader", true,
				"value.subject.name.strategy", TopicRecordNameStrategy.class.getName());
		try (KafkaAvroDeserializer values = new KafkaAvroDeserializer()) {
			values.configure(settings, false);
			try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
					values)) {
				return read(consumer, partnerSpace.toString());
			}
		}
	}

	private static List<ConsumerRecord<String, Object>> read(KafkaConsumer<String, Object> consumer, String key) {
		// Not by asking: a broker that was just restarted may know of none yet.
		List<TopicPartition> partitions = Topics.all()
			.stream()
			.filter((topic) -> topic.name().startsWith(Topics.INVITATION_REQUESTS)
					&& !topic.name().equals(Topics.INVITATION_REQUESTS_DEAD_LETTERS))
			.flatMap((topic) -> IntStream.range(0, topic.partitions())
				.mapToObj((partition) -> new TopicPartition(topic.name(), partition)))
			.toList();
		consumer.assign(partitions);
		consumer.seekToBeginning(partitions);
		Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
		List<ConsumerRecord<String, Object>> found = new ArrayList<>();
		while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
			consumer.poll(Duration.ofMillis(200)).forEach((record) -> {
				if (key.equals(record.key())) {
					found.add(record);
				}
			});
		}
		return found;
	}

}
