package com.banqup.invitations.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SerializerRoundTripTests {

	private static final Map<String, Object> CONFIG = Map.of("schema.registry.url", "mock://round-trip",
			"value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy",
			"specific.avro.reader", true);

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();

	SerializerRoundTripTests() {
		TrustedRecords.trust();
		this.serializer.configure(CONFIG, false);
		this.deserializer.configure(CONFIG, false);
	}

	@Test
	void carriesARequestThroughConfluentsWireFormat() {
		InvitationRequested request = InvitationRequested.newBuilder()
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setPartnerSpaceId(UUID.randomUUID())
			.setPartnerName("Boekhouding Janssens & Zoon")
			.setClientId(UUID.randomUUID())
			.setClientName("Ĳsbrand Café")
			.setEmail("info@example.com")
			.setLanguage("nl")
			.setMessage(null)
			.setPermissions(List.of(Permission.VIEW_DOCUMENTS.code()))
			.setRequestedAt(Instant.parse("2026-01-02T03:04:05Z"))
			.setExpiresAt(Instant.parse("2026-02-01T03:04:05Z"))
			.build();

		assertThat(roundTrip(Topics.INVITATION_REQUESTS, request)).isEqualTo(request);
	}

	@Test
	void carriesSeveralRecordTypesInOneTopic() {
		InvitationSent sent = InvitationSent.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(Instant.parse("2026-01-02T03:04:05Z"))
			.setPartnerSpaceId(UUID.randomUUID())
			.setClientId(UUID.randomUUID())
			.setInvitationId(UUID.randomUUID())
			.setGeneration(2)
			.setReplyCode(250)
			.setAttempts(1)
			.build();

		assertThat(roundTrip(Topics.ONBOARDING_EVENTS, sent)).isEqualTo(sent);
	}

	@Test
	void carriesTheCancellationOfABulkBesideTheRequests() {
		BatchCancellationRequested cancellation = new BatchCancellationRequested(UUID.randomUUID(), UUID.randomUUID(),
				Instant.parse("2026-01-02T03:04:05Z"));

		assertThat(roundTrip(Topics.INVITATION_REQUESTS, cancellation)).isEqualTo(cancellation);
	}

	private Object roundTrip(String topic, Object value) {
		byte[] bytes = this.serializer.serialize(topic, value);
		return this.deserializer.deserialize(topic, bytes);
	}

}
