package com.banqup.invitations.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.subject.TopicRecordNameStrategy;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics as the other services see them. */
public final class TestTopics implements AutoCloseable {

	private final KafkaProducer<String, byte[]> producer;

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final KafkaConsumer<String, Object> events;

	private final List<Object> seen = new ArrayList<>();

	public TestTopics() {
		TrustedRecords.trust();
		Map<String, Object> registry = Map.of("schema.registry.url", Stack.shared().registry().url(),
				"value.subject.name.strategy", TopicRecordNameStrategy.class, "specific.avro.reader", true);
		this.serializer.configure(registry, false);
		KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
		deserializer.configure(registry, false);
		Map<String, Object> kafka = Map.of("bootstrap.servers", Stack.shared().kafka().bootstrapServers());
		this.producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
		this.events = new KafkaConsumer<>(kafka, new StringDeserializer(), deserializer);
		// Not by asking: a broker that was just restarted may know of none yet.
		List<TopicPartition> partitions = Topics.all()
			.stream()
			.filter((topic) -> topic.name().equals(Topics.ONBOARDING_EVENTS))
			.flatMap((topic) -> IntStream.range(0, topic.partitions())
				.mapToObj((partition) -> new TopicPartition(topic.name(), partition)))
			.toList();
		this.events.assign(partitions);
		this.events.seekToBeginning(partitions);
	}

	/** The bytes that a record has in this topic; registers its schema. */
	public byte[] bytes(String topic, Object value) {
		return this.serializer.serialize(topic, value);
	}

	public void send(String topic, UUID key, Object value) {
		send(topic, key, bytes(topic, value));
	}

	public void send(String topic, UUID key, byte[] value) {
		try {
			this.producer.send(new ProducerRecord<>(topic, key.toString(), value)).get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** The events of this type so far, of all clients. */
	public synchronized <T> List<T> events(Class<T> type) {
		for (ConsumerRecord<String, Object> event : this.events.poll(Duration.ofMillis(200))) {
			this.seen.add(event.value());
		}
		return this.seen.stream().filter(type::isInstance).map(type::cast).toList();
	}

	@Override
	public void close() {
		this.producer.close();
		this.serializer.close();
		this.events.close();
	}

}
