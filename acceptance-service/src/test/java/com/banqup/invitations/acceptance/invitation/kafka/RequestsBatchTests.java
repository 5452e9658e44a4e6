package com.banqup.invitations.acceptance.invitation.kafka;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.RequestedInvitation;
import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.EncodedRecordDeserializer;
import com.banqup.invitations.schemas.Topics;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RequestsBatchTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final EncodedRecordDeserializer values = new EncodedRecordDeserializer();

	/** Its registry does not answer. */
	private final EncodedRecordDeserializer unanswered = new EncodedRecordDeserializer();

	RequestsBatchTests() {
		Map<String, String> registry = Map.of("schema.registry.url", "mock://requests-batch");
		this.serializer.configure(registry, false);
		this.values.configure(registry, false);
		this.unanswered.configure(Map.of("schema.registry.url", "http://127.0.0.1:1"), false);
	}

	@Test
	void sortsRequestsAndRevocations() {
		InvitationRequested request = request();
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), NOW);

		RequestsBatch batch = batch(value(request), value(revocation));

		assertThat(batch.requested()).extracting(RequestedInvitation::id).containsExactly(request.getInvitationId());
		assertThat(batch.revoked()).singleElement()
			.satisfies((revoked) -> assertThat(revoked.invitationId()).isEqualTo(revocation.getInvitationId()));
		assertThat(batch.unusable()).isEmpty();
		assertThat(batch.waiting()).isNull();
	}

	@Test
	void setsAsideWhatIsUndecodableInvalidOrOfNoInterest() {
		InvitationRequested invalid = InvitationRequested.newBuilder(request()).setGeneration(0).build();
		byte[] junk = { 1, 2, 3 };

		RequestsBatch batch = batch(value(junk), value(invalid), value(unheardOf()), value(event()), null,
				value(request()));

		assertThat(batch.requested()).hasSize(1);
		assertThat(batch.ofNoInterest()).isEqualTo(3);
		assertThat(batch.unusable()).extracting(UnusableRequest::offset, UnusableRequest::key, UnusableRequest::reason)
			.containsExactly(tuple(0L, "key", "undecodable"), tuple(1L, "key", "invalid"));
		assertThat(batch.unusable().getFirst().content()).isEqualTo(junk);
		assertThat(batch.unusable().getFirst().error()).contains("SerializationException: not in the format");
		assertThat(batch.unusable().get(1).content()).isEqualTo(bytes(invalid));
	}

	/** The links of a cancelled bulk were never mailed, so there is nothing to end. */
	@Test
	void passesOverTheCancellationOfABulk() {
		BatchCancellationRequested cancellation = new BatchCancellationRequested(UUID.randomUUID(), UUID.randomUUID(),
				Instant.ofEpochMilli(Long.MAX_VALUE));

		RequestsBatch batch = batch(value(cancellation), value(request()));

		assertThat(batch.ofNoInterest()).isOne();
		assertThat(batch.unusable()).isEmpty();
		assertThat(batch.revoked()).isEmpty();
		assertThat(batch.requested()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2000-01-01T00:00:00Z", "2199-12-31T23:59:59.999Z" })
	void takesEveryMomentThatTheDispatcherTakes(Instant moment) {
		InvitationRequested request = InvitationRequested.newBuilder(request())
			.setRequestedAt(moment)
			.setExpiresAt(moment)
			.build();
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), moment);

		RequestsBatch batch = batch(value(request), value(revocation));

		assertThat(batch.requested()).hasSize(1);
		assertThat(batch.revoked()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1999-12-31T23:59:59.999Z", "2200-01-01T00:00:00Z" })
	void setsAsideMomentsThatTheDispatcherDoesNotTake(Instant moment) {
		InvitationRequested requested = InvitationRequested.newBuilder(request()).setRequestedAt(moment).build();
		InvitationRequested expiring = InvitationRequested.newBuilder(request()).setExpiresAt(moment).build();
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), moment);

		assertThat(batch(value(requested), value(expiring), value(revocation)).unusable()).hasSize(3);
	}

	@Test
	void setsAsideMomentsThatNoDatabaseStores() {
		InvitationRequested early = InvitationRequested.newBuilder(request())
			.setRequestedAt(Instant.ofEpochMilli(Long.MIN_VALUE))
			.build();
		InvitationRequested late = InvitationRequested.newBuilder(request())
			.setExpiresAt(Instant.ofEpochMilli(Long.MAX_VALUE))
			.build();
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), Instant.ofEpochMilli(Long.MAX_VALUE));

		RequestsBatch batch = batch(value(early), value(late), value(revocation));

		assertThat(batch.requested()).isEmpty();
		assertThat(batch.revoked()).isEmpty();
		assertThat(batch.unusable()).extracting(UnusableRequest::reason).hasSize(3).containsOnly("invalid");
	}

	@Test
	void endsBeforeTheFirstRecordThatMayBecomeReadable() {
		EncodedRecord later = this.unanswered.deserialize(Topics.INVITATION_REQUESTS, bytes(request()));

		RequestsBatch batch = batch(value(request()), later, value(new byte[0]), value(request()));

		assertThat(batch.requested()).hasSize(1);
		assertThat(batch.unusable()).isEmpty();
		assertThat(batch.waiting()).isNotNull().satisfies((waiting) -> {
			assertThat(waiting.consumed().offset()).isEqualTo(1);
			assertThat(waiting.reason()).isInstanceOf(IOException.class);
		});
	}

	private static RequestsBatch batch(@Nullable EncodedRecord... values) {
		List<ConsumerRecord<String, @Nullable EncodedRecord>> records = new ArrayList<>();
		for (EncodedRecord value : values) {
			records.add(new ConsumerRecord<>(Topics.INVITATION_REQUESTS, 3, records.size(), "key", value));
		}
		return RequestsBatch.of(records);
	}

	private @Nullable EncodedRecord value(Object value) {
		return value(bytes(value));
	}

	private @Nullable EncodedRecord value(byte[] bytes) {
		return this.values.deserialize(Topics.INVITATION_REQUESTS, bytes);
	}

	private byte[] bytes(Object value) {
		return this.serializer.serialize(Topics.INVITATION_REQUESTS, value);
	}

	private static GenericRecord unheardOf() {
		return new GenericRecordBuilder(SchemaBuilder.record("InvitationExtended")
			.namespace("com.banqup.invitations.requests")
			.fields()
			.requiredString("reason")
			.endRecord()).set("reason", "none").build();
	}

	private static InvitationRevoked event() {
		return new InvitationRevoked(UUID.randomUUID(), NOW, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
	}

	private static InvitationRequested request() {
		return InvitationRequested.newBuilder()
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setPartnerSpaceId(UUID.randomUUID())
			.setPartnerName("Accountants")
			.setClientId(UUID.randomUUID())
			.setClientName("Bakery")
			.setEmail("owner@bakery.example")
			.setLanguage("nl")
			.setPermissions(List.of("view-documents"))
			.setRequestedAt(NOW)
			.setExpiresAt(NOW.plusSeconds(60))
			.build();
	}

}
