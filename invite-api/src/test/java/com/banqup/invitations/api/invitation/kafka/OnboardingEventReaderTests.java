package com.banqup.invitations.api.invitation.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.api.invitation.kafka.OnboardingEvents.Unusable;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.EncodedRecordDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OnboardingEventReaderTests {

	private static final String TOPIC = "onboarding-events";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final OnboardingEventReader reader = new OnboardingEventReader(this.meters);

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final EncodedRecordDeserializer values = new EncodedRecordDeserializer();

	/** Its registry does not answer. */
	private final EncodedRecordDeserializer unanswered = new EncodedRecordDeserializer();

	OnboardingEventReaderTests() {
		Map<String, String> registry = Map.of("schema.registry.url", "mock://onboarding-event-reader");
		this.serializer.configure(registry, false);
		this.values.configure(registry, false);
		this.unanswered.configure(Map.of("schema.registry.url", "http://127.0.0.1:1"), false);
	}

	@Test
	void readsFacts() {
		OnboardingEvents events = read(value(progressed(ProgressStep.OPENED)));

		assertThat(events.facts()).singleElement()
			.satisfies((read) -> assertThat(read.fact()).isInstanceOfSatisfying(ClientProgressed.class,
					(fact) -> assertThat(fact.progress()).isEqualTo(Progress.OPENED)));
		assertThat(events.unusable()).isEmpty();
		assertThat(events.waiting()).isNull();
		assertThat(count("InvitationProgressed", "read")).isEqualTo(1);
	}

	@Test
	void stopsAtTheFirstRecordThatHasToWait() {
		OnboardingEvents events = read(value(progressed(ProgressStep.OPENED)), junk(), waiting(), junk(), waiting());

		assertThat(events.facts()).hasSize(1);
		assertThat(events.unusable()).hasSize(1);
		assertThat(events.waiting()).isNotNull()
			.satisfies((waiting) -> assertThat(waiting.record().offset()).isEqualTo(2));
		assertThat(count("none", "waiting")).isEqualTo(1);
	}

	@Test
	void givesUpWhatCanNeverBeDecodedAndRecordsWithoutAValue() {
		OnboardingEvents events = read(junk(), null, value(progressed(ProgressStep.OPENED)));

		assertThat(events.unusable()).extracting(Unusable::record)
			.extracting(ConsumerRecord::offset)
			.containsExactly(0L, 1L);
		assertThat(events.facts()).hasSize(1);
		assertThat(events.waiting()).isNull();
	}

	@Test
	void passesOverTypesAndStepsOfOtherReleases() {
		Object removed = new GenericRecordBuilder(SchemaBuilder.record("LinkRemoved")
			.namespace("com.banqup.invitations.events")
			.fields()
			.requiredString("reason")
			.endRecord()).set("reason", "none").build();

		OnboardingEvents events = read(value(removed), value(progressed(ProgressStep.UNKNOWN)));

		assertThat(events.facts()).isEmpty();
		assertThat(events.unusable()).isEmpty();
		assertThat(events.waiting()).isNull();
		assertThat(count("unknown", "passed-over")).isEqualTo(1);
		assertThat(count("InvitationProgressed", "passed-over")).isEqualTo(1);
	}

	private OnboardingEvents read(@Nullable EncodedRecord... values) {
		List<ConsumerRecord<String, @Nullable EncodedRecord>> records = new ArrayList<>();
		for (EncodedRecord value : values) {
			records.add(new ConsumerRecord<>(TOPIC, 3, records.size(), "key", value));
		}
		return this.reader.read(records);
	}

	private double count(String type, String outcome) {
		return this.meters.counter("onboarding.events", "type", type, "outcome", outcome).count();
	}

	private @Nullable EncodedRecord value(Object event) {
		return this.values.deserialize(TOPIC, this.serializer.serialize(TOPIC, event));
	}

	private @Nullable EncodedRecord waiting() {
		return this.unanswered.deserialize(TOPIC, this.serializer.serialize(TOPIC, progressed(ProgressStep.OPENED)));
	}

	private @Nullable EncodedRecord junk() {
		return this.values.deserialize(TOPIC, "junk".getBytes(StandardCharsets.UTF_8));
	}

	private static InvitationProgressed progressed(ProgressStep step) {
		return InvitationProgressed.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(Instant.parse("2026-03-01T10:00:00Z"))
			.setPartnerSpaceId(UUID.randomUUID())
			.setClientId(UUID.randomUUID())
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setStep(step)
			.build();
	}

}
