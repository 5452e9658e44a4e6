package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Settings of the relay's producers and serializers: those of the application, with what
 * the relay's guarantees rest on.
 *
 * @param producer for {@code KafkaProducer}
 * @param serializer for {@code KafkaAvroSerializer}
 */
record PublisherSettings(Map<String, Object> producer, Map<String, Object> serializer) {

	private static final String REGISTRY_URL = "schema.registry.url";

	/**
	 * Makes the settings.
	 * @param application the application's settings of producers
	 * @param sendTimeout how long a batch may take
	 * @throws IllegalStateException if there is no schema registry
	 */
	static PublisherSettings of(Map<String, Object> application, Duration sendTimeout) {
		if (!application.containsKey(REGISTRY_URL)) {
			throw new IllegalStateException("spring.kafka.properties." + REGISTRY_URL
					+ ": missing (expected: the URL of the schema registry; or outbox.enabled=false)");
		}
		return new PublisherSettings(producer(application, sendTimeout), serializer(application));
	}

	private static Map<String, Object> producer(Map<String, Object> application, Duration sendTimeout) {
		int timeout = Math.toIntExact(sendTimeout.toMillis());
		Map<String, Object> settings = new HashMap<>(application);
		settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
		settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
		settings.remove(ProducerConfig.RETRIES_CONFIG);
		// The relay gives a batch up as a whole. If the producer gave up single records,
		// later ones would pass them.
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.addExact(timeout, 3_600_000));
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(timeout, 10_000));
		// A batch is handed over in one go: waiting for more only adds latency.
		settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
		settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
		settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
		return Map.copyOf(settings);
	}

	private static Map<String, Object> serializer(Map<String, Object> application) {
		Map<String, Object> settings = new HashMap<>(application);
		settings.putIfAbsent("value.subject.name.strategy",
				"io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
		settings.putIfAbsent("schema.registry.http.connect.timeout.ms", 3_000);
		settings.putIfAbsent("schema.registry.http.read.timeout.ms", 10_000);
		return Map.copyOf(settings);
	}

}
