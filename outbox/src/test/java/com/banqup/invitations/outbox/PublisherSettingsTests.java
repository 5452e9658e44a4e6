package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PublisherSettingsTests {

	@Test
	void keepsWhatTheGuaranteesRestOn() {
		Map<String, Object> application = Map.of("schema.registry.url", "http://registry", "acks", "1",
				"enable.idempotence", false, "retries", 0, "delivery.timeout.ms", 1000, "transactional.id", "id");

		PublisherSettings settings = PublisherSettings.of(application, Duration.ofSeconds(30));

		assertThat(settings.producer()).containsEntry("acks", "all")
			.containsEntry("enable.idempotence", true)
			.doesNotContainKeys("retries", "transactional.id");
		assertThat((int) settings.producer().getOrDefault("delivery.timeout.ms", 0)).isGreaterThan(30_000);
	}

	@Test
	void takesTheRestFromTheApplication() {
		Map<String, Object> application = Map.of("schema.registry.url", "http://registry", "linger.ms", 3,
				"security.protocol", "SSL", "value.subject.name.strategy", "its own");

		PublisherSettings settings = PublisherSettings.of(application, Duration.ofSeconds(30));

		assertThat(settings.producer()).containsEntry("linger.ms", 3).containsEntry("security.protocol", "SSL");
		assertThat(settings.serializer()).containsEntry("value.subject.name.strategy", "its own");
	}

	@Test
	void namesSubjectsByTopicAndRecordUnlessToldOtherwise() {
		PublisherSettings settings = PublisherSettings.of(Map.of("schema.registry.url", "http://registry"),
				Duration.ofSeconds(30));

		assertThat(settings.serializer()).containsEntry("value.subject.name.strategy",
				"io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
	}

	@Test
	void requiresARegistry() {
		assertThatIllegalStateException().isThrownBy(() -> PublisherSettings.of(Map.of(), Duration.ofSeconds(30)))
			.withMessageContaining("spring.kafka.properties.schema.registry.url: missing");
	}

}
