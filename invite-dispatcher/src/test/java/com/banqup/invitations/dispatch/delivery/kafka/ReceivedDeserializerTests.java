package com.banqup.invitations.dispatch.delivery.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class ReceivedDeserializerTests {

	private static final String TOPIC = "invitation-requests";

	private static final InvitationRevocationRequested REVOCATION = new InvitationRevocationRequested(UUID.randomUUID(),
			UUID.randomUUID(), UUID.randomUUID(), Instant.parse("2026-03-01T09:00:00Z"), "somebody");

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final ReceivedDeserializer deserializer = new ReceivedDeserializer();

	@BeforeEach
	void configure() {
		TrustedRecords.trust();
		this.serializer.configure(config("mock://received"), false);
		this.deserializer.configure(config("mock://received"), false);
	}

	@Test
	void givesTheRecordAndItsBytes() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isEqualTo(new Received.Decoded(bytes, REVOCATION));
	}

	@Test
	void neverThrowsOnBytesThatAreNoAvro() {
		byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isInstanceOfSatisfying(Received.Undecodable.class,
				(undecodable) -> {
					assertThat(undecodable.bytes()).isEqualTo(bytes);
					assertThat(undecodable.error()).isNotEmpty();
				});
		assertThat(this.deserializer.deserialize(TOPIC, new byte[0])).isInstanceOf(Received.Undecodable.class);
		assertThat(this.deserializer.deserialize(TOPIC, (byte[]) null)).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void neverThrowsOnARecordThatIsCutShort() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);

		assertThat(this.deserializer.deserialize(TOPIC, cut)).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void neverThrowsOnARecordWithDamage() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		Arrays.fill(bytes, 5, bytes.length, (byte) 0xFF);

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void neverThrowsOnASchemaThatTheRegistryDoesNotKnow() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		bytes[1] = 0x7F;

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void namesATypeThatItDoesNotKnow() {
		Schema schema = SchemaBuilder.record("SomethingNew")
			.namespace("com.banqup.invitations.requests")
			.fields()
			.requiredString("text")
			.endRecord();
		GenericData.Record value = new GenericData.Record(schema);
		value.put("text", "hello");

		byte[] bytes = this.serializer.serialize(TOPIC, value);

		assertThat(this.deserializer.deserialize(TOPIC, bytes))
			.isEqualTo(new Received.Unknown("com.banqup.invitations.requests.SomethingNew"));
	}

	@Test
	void saysNothingAboutARecordWhileTheRegistryIsDown() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		ReceivedDeserializer cutOff = new ReceivedDeserializer();
		cutOff.configure(config("http://127.0.0.1:1"), false);

		assertThat(cutOff.deserialize(TOPIC, bytes)).isInstanceOf(Received.Unreadable.class);
	}

	private static Map<String, Object> config(String registry) {
		Map<String, Object> config = new HashMap<>();
		config.put("schema.registry.url", registry);
		config.put("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
		config.put("specific.avro.reader", true);
		config.put("max.retries", 0);
		return config;
	}

}
