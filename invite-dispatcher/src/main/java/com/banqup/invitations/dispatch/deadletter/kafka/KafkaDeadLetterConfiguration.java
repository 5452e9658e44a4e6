package com.banqup.invitations.dispatch.deadletter.kafka;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** The dead letter topic, with a producer of its own: it sends bytes as they came. */
@Configuration(proxyBeanMethods = false)
class KafkaDeadLetterConfiguration {

	@Bean
	KafkaDeadLetterTopic deadLetterTopic(ProducerFactory<?, ?> producerFactory) {
		return new KafkaDeadLetterTopic(
				new DefaultKafkaProducerFactory<>(settings(producerFactory.getConfigurationProperties()),
						new ByteArraySerializer(), new ByteArraySerializer()));
	}

	private static Map<String, Object> settings(Map<String, Object> base) {
		Map<String, Object> settings = new HashMap<>(base);
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
		settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
		return settings;
	}

}
