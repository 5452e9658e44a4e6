package com.banqup.invitations.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;

/** The topics around the dispatcher, as the other services use them. */
@NullUnmarked
public final class RequestTopics implements AutoCloseable {

	private final Map<String, Object> avro = Map.of("schema.registry.url", Stack.shared().registry().url(),
			"value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
			"specific.avro.reader", true);

	private final KafkaProducer<byte[], byte[]> producer;

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

	RequestTopics() {
		TrustedRecords.trust();
		this.serializer.configure(this.avro, false);
		this.deserializer.configure(this.avro, false);
		this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers(), ProducerConfig.LINGER_MS_CONFIG, 0),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	/** Requests for this many new clients of many partners. */
	static List<InvitationRequested> requests(int count) {
		return IntStream.range(0, count).mapToObj((i) -> request("client%d@clients.example".formatted(i))).toList();
	}

	static InvitationRequested request(String email) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
		return InvitationRequested.newBuilder()
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setPartnerSpaceId(UUID.randomUUID())
			.setPartnerName("Boekhouding Janssens & Zoon")
			.setClientId(UUID.randomUUID())
			.setClientName("Café Ĳsbrand")
			.setEmail(email)
			.setLanguage("nl")
			.setMessage("Welkom")
			.setPermissions(List.of("view-documents"))
			.setRequestedAt(now)
			.setExpiresAt(now.plus(Duration.ofDays(30)))
			.build();
	}

	void publish(InvitationRequested request) {
		publish(Topics.INVITATION_REQUESTS, request.getPartnerSpaceId(), request);
	}

	void publish(List<InvitationRequested> requests) {
		publish(Topics.INVITATION_REQUESTS, requests);
	}

	void publishBulk(List<InvitationRequested> requests) {
		publish(Topics.INVITATION_REQUESTS_BULK, requests);
	}

	private void publish(String topic, List<InvitationRequested> requests) {
		requests.forEach((request) -> send(topic, request.getPartnerSpaceId().toString(),
				this.serializer.serialize(topic, request)));
		this.producer.flush();
	}

	void revoke(InvitationRequested request) {
		publish(Topics.INVITATION_REQUESTS, request.getPartnerSpaceId(),
				new InvitationRevocationRequested(request.getInvitationId(), request.getPartnerSpaceId(),
						request.getClientId(), request.getRequestedAt()));
	}

	void cancelBulk(UUID batchId, UUID partnerSpaceId) {
		publish(Topics.INVITATION_REQUESTS, partnerSpaceId,
				new BatchCancellationRequested(batchId, partnerSpaceId, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
	}

	void publish(String topic, UUID key, SpecificRecord value) {
		publishBytes(topic, key.toString(), this.serializer.serialize(topic, value));
	}

	void publishBytes(String topic, String key, byte[] value) {
		send(topic, key, value);
		this.producer.flush();
	}

	private void send(String topic, String key, byte[] value) {
		this.producer.send(new ProducerRecord<>(topic, null, key.getBytes(StandardCharsets.UTF_8), value,
				List.of(new RecordHeader("trace", new byte[] { 1, 2 }))));
	}

	byte[] bytesOf(String topic, SpecificRecord value) {
		return this.serializer.serialize(topic, value);
	}

	/** Every event of these types there is, by now. */
	<T> List<T> events(Class<T> type) {
		return records(Topics.ONBOARDING_EVENTS).stream()
			.map((record) -> this.deserializer.deserialize(record.topic(), record.value()))
			.filter(type::isInstance)
			.map(type::cast)
			.toList();
	}

	/** Every record that a topic holds, by now. */
	List<ConsumerRecord<byte[], byte[]>> records(String topic) {
		Map<String, Object> settings = new HashMap<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers(), ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = partitionsOf(topic);
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
			}
		}
		return records;
	}

	/** Where a request lies, as every producer of Kafka's decides by its key. */
	static int bulkPartitionOf(InvitationRequested request) {
		byte[] key = request.getPartnerSpaceId().toString().getBytes(StandardCharsets.UTF_8);
		return BuiltInPartitioner.partitionForKey(key, partitionsOf(Topics.INVITATION_REQUESTS_BULK).size());
	}

	/** Not by asking: a broker that was just restarted may know of none yet. */
	public static List<TopicPartition> partitionsOf(String name) {
		return Topics.all()
			.stream()
			.filter((topic) -> topic.name().equals(name))
			.flatMap((topic) -> IntStream.range(0, topic.partitions())
				.mapToObj((partition) -> new TopicPartition(name, partition)))
			.toList();
	}

	/** Whether the group has committed everything that the topic holds by now. */
	boolean isSettled(String topic, String group) {
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers(), ConsumerConfig.GROUP_ID_CONFIG, group,
				ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			Set<TopicPartition> partitions = Set.copyOf(partitionsOf(topic));
			Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
			return consumer.endOffsets(partitions).entrySet().stream().allMatch((end) -> {
				OffsetAndMetadata position = committed.get(end.getKey());
				return end.getValue() == 0 || (position != null && position.offset() >= end.getValue());
			});
		}
	}

	@Override
	public void close() {
		this.producer.close(Duration.ofSeconds(2));
		this.serializer.close();
		this.deserializer.close();
	}

}
