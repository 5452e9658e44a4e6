package com.banqup.invitations.api.invitation.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.Response;
import com.banqup.invitations.events.InvitationCancelled;
import com.banqup.invitations.events.InvitationDeferred;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.events.InvitationUndeliverable;
import com.banqup.invitations.events.LinkEstablished;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.confluent.kafka.serializers.subject.TopicRecordNameStrategy;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class OnboardingEventsIT extends ApiIntegration {

	private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

	@Autowired
	private MeterRegistry meters;

	private KafkaProducer<String, byte[]> producer;

	private KafkaAvroSerializer serializer;

	private Partner partner;

	private UUID client;

	private UUID template;

	private UUID invitation;

	@BeforeEach
	void inviteSomebody() {
		TrustedRecords.trust();
		this.serializer = new KafkaAvroSerializer();
		this.serializer.configure(Map.of("schema.registry.url", STACK.registry().url(), "value.subject.name.strategy",
				TopicRecordNameStrategy.class.getName()), false);
		this.producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, STACK.kafka().bootstrapServers()),
				new StringSerializer(), new ByteArraySerializer());
		this.partner = administrator();
		this.client = this.partner.addClient("Client");
		this.template = this.partner.createTemplate(5);
		this.invitation = this.partner.inviteOne(this.template, this.client);
	}

	@AfterEach
	void close() {
		this.producer.close();
		this.serializer.close();
	}

	@Test
	void showsThatTheRelayTookTheMail() {
		publish(sent(1));

		eventually(() -> {
			Response view = view();
			assertThat(view.text("delivery.state")).isEqualTo("SENT");
			assertThat(view.json().at("/delivery/replyCode").asInt()).isEqualTo(250);
			assertThat(view.json().at("/delivery/attempts").asInt()).isEqualTo(1);
			assertThat(view.text("delivery.at")).isEqualTo(AT.toString());
		});
		assertThat(this.partner.client(this.client).text("invitation.delivery")).isEqualTo("SENT");
	}

	@Test
	void showsWhyTheMailWaitsAndWhenItIsTriedAgain() {
		publish(deferred(1, 2, AT.plusSeconds(600)));

		eventually(() -> {
			Response view = view();
			assertThat(view.text("delivery.state")).isEqualTo("DEFERRED");
			assertThat(view.text("delivery.reason")).isEqualTo("mailbox-busy");
			assertThat(view.text("delivery.nextAttemptAt")).isEqualTo(AT.plusSeconds(600).toString());
			assertThat(view.json().at("/delivery/attempts").asInt()).isEqualTo(2);
		});
	}

	@Test
	void carriesTheDeliveryForwardsWhateverTheOrder() {
		publish(sent(1), deferred(1, 1, AT.plusSeconds(1)), cancelled(1), undeliverable(1));

		eventuallyAll();
		assertThat(view().text("delivery.state")).isEqualTo("SENT");
		assertThat(view().text("delivery.reason")).isNull();
	}

	@Test
	void carriesAttemptsForwards() {
		publish(deferred(1, 3, AT.plusSeconds(3)), deferred(1, 2, AT.plusSeconds(2)));

		eventuallyAll();
		assertThat(view().json().at("/delivery/attempts").asInt()).isEqualTo(3);
		assertThat(view().text("delivery.nextAttemptAt")).isEqualTo(AT.plusSeconds(3).toString());
	}

	@Test
	void showsThatTheMailWasRefused() {
		publish(deferred(1, 1, AT), undeliverable(1));

		eventually(() -> {
			assertThat(view().text("delivery.state")).isEqualTo("REJECTED");
			assertThat(view().text("delivery.reason")).isEqualTo("mailbox-unknown");
			assertThat(view().text("delivery.nextAttemptAt")).isNull();
		});
	}

	@Test
	void doesNotTakeTheMailOfAnEarlierGenerationForThisOnes() {
		this.partner.post("/clients/" + this.client + "/invitation/resend", null).requireStatus(202);

		publish(sent(1));
		eventuallyAll();
		assertThat(view().text("delivery.state")).isEqualTo("QUEUED");

		publish(sent(2));
		eventually(() -> assertThat(view().text("delivery.state")).isEqualTo("SENT"));
	}

	@Test
	void carriesProgressForwardsOnly() {
		publish(progressed(ProgressStep.SIGNED_IN));
		eventually(() -> assertThat(view().text("progress")).isEqualTo("SIGNED_IN"));

		publish(progressed(ProgressStep.OPENED), progressed(ProgressStep.UNKNOWN));
		eventuallyAll();

		assertThat(view().text("progress")).isEqualTo("SIGNED_IN");
	}

	@Test
	void movesTheClientToTheActiveTabWhenItAccepts() {
		publish(linked());

		eventually(() -> assertThat(this.partner.client(this.client).text("status")).isEqualTo("ACTIVE"));
		assertThat(this.partner.client(this.client).text("activeSince")).isEqualTo(AT.toString());
		assertThat(view().text("state")).isEqualTo("ACCEPTED");
		assertThat(view().text("acceptedAt")).isEqualTo(AT.toString());
		assertThat(view().text("progress")).isEqualTo("CONFIRMED");
		assertThat(this.partner.get("/clients?tab=active").json().at("/items")).hasSize(1);
		assertThat(this.partner.get("/clients?tab=inactive").json().at("/items")).isEmpty();
		assertThat(this.partner.invite(this.template, List.of(this.client)).text("results.0.reason"))
			.isEqualTo("already-linked");
		this.partner.post("/clients/" + this.client + "/invitation/resend", null).requireProblem(409, "already-linked");
		this.partner.post("/invitations/" + this.invitation + "/revoke", null).requireProblem(409, "already-linked");
	}

	@Test
	void believesTheAcceptanceServiceWhenTheInvitationLooksExpired() {
		this.clock.advance(Duration.ofDays(6));
		assertThat(view().text("state")).isEqualTo("EXPIRED");

		publish(linked());

		eventually(() -> assertThat(view().text("state")).isEqualTo("ACCEPTED"));
	}

	@Test
	void showsThatTheInvitationWasRevokedAndLetsTheClientBeInvitedAgain() {
		publish(revoked());

		eventually(() -> assertThat(view().text("state")).isEqualTo("REVOKED"));
		this.partner.post("/clients/" + this.client + "/invitation/resend", null)
			.requireProblem(409, "no-pending-invitation");
		assertThat(this.partner.inviteOne(this.template, this.client)).isNotEqualTo(this.invitation);
	}

	@Test
	void staysAcceptedWhenARevocationComesLate() {
		publish(linked());
		publish(revoked());

		eventuallyAll();
		assertThat(view().text("state")).isEqualTo("ACCEPTED");
	}

	@Test
	void becomesAcceptedWhenTheLinkComesAfterARevocation() {
		publish(revoked());
		eventually(() -> assertThat(view().text("state")).isEqualTo("REVOKED"));

		publish(linked());

		eventually(() -> assertThat(view().text("state")).isEqualTo("ACCEPTED"));
	}

	@Test
	void endsTheSameWhateverTheOrderAndHoweverOftenEventsCome() {
		List<SpecificRecord> events = new ArrayList<>(List.of(sent(1), deferred(1, 1, AT), linked(), revoked(),
				progressed(ProgressStep.OPENED), progressed(ProgressStep.SPACE_CHOSEN)));
		events.addAll(List.copyOf(events));
		Collections.shuffle(events, new Random(7));

		events.forEach(this::publish);

		eventuallyAll();
		assertThat(view().text("state")).isEqualTo("ACCEPTED");
		assertThat(view().text("delivery.state")).isEqualTo("SENT");
		assertThat(view().text("progress")).isEqualTo("CONFIRMED");
		assertThat(this.partner.client(this.client).text("status")).isEqualTo("ACTIVE");
	}

	@Test
	void changesNothingForEventsOfAnotherPartnerSpace() {
		LinkEstablished foreign = LinkEstablished.newBuilder(linked()).setPartnerSpaceId(UUID.randomUUID()).build();

		publish(foreign);

		eventuallyAll();
		assertThat(view().text("state")).isEqualTo("PENDING");
		assertThat(this.partner.client(this.client).text("status")).isEqualTo("INACTIVE");
	}

	@Test
	void keepsWhatNobodyCanReadAsDeadLettersAndGoesOn() {
		byte[] garbage = "no Avro at all".getBytes(StandardCharsets.UTF_8);
		byte[] ofNoSchema = { 0, 0x7F, 0x7F, 0x7F, 0x7F, 1, 2, 3 };

		publish(garbage);
		publish(ofNoSchema);
		publish(sent(1));

		eventually(() -> assertThat(view().text("delivery.state")).isEqualTo("SENT"));
		assertThat(deadLetters()).containsExactlyInAnyOrder(HexFormat.of().formatHex(garbage),
				HexFormat.of().formatHex(ofNoSchema));
		assertThat(count("none", "undecodable")).isGreaterThanOrEqualTo(2);
	}

	@Test
	void passesOverTypesThatItDoesNotKnow() {
		double before = count("unknown", "passed-over");

		publish(unheardOf());
		publish(sent(1));

		eventually(() -> assertThat(view().text("delivery.state")).isEqualTo("SENT"));
		assertThat(count("unknown", "passed-over")).isGreaterThan(before);
		assertThat(deadLetters()).isEmpty();
	}

	@Test
	void keepsAFactThatTheDatabaseRefusesAsADeadLetterAndRecordsTheOthers() {
		byte[] refused = this.serializer.serialize(Topics.ONBOARDING_EVENTS,
				InvitationUndeliverable.newBuilder(undeliverable(1)).setReasonCode("no\u0000text").build());

		publish(refused);
		publish(progressed(ProgressStep.OPENED));

		eventually(() -> assertThat(view().text("progress")).isEqualTo("OPENED"));
		assertThat(view().text("delivery.state")).isEqualTo("QUEUED");
		assertThat(deadLetters()).containsExactly(HexFormat.of().formatHex(refused));
		assertThat(count("none", "refused")).isGreaterThanOrEqualTo(1);
	}

	@Test
	void waitsForAColumnThatIsNotThereYetInsteadOfGivingUp() {
		double before = count("LinkEstablished", "read");
		rename("business_space_id", "not_yet");
		try {
			publish(linked());
			eventually(() -> assertThat(count("LinkEstablished", "read") - before).isGreaterThanOrEqualTo(2));
		}
		finally {
			rename("not_yet", "business_space_id");
		}

		eventually(() -> assertThat(view().text("state")).isEqualTo("ACCEPTED"));
		assertThat(deadLetters()).isEmpty();
	}

	private void rename(String column, String name) {
		this.database.sql("ALTER TABLE client RENAME COLUMN " + column + " TO " + name).then().block();
	}

	/** The values that were kept with this test's client as their key, in digits. */
	private List<String> deadLetters() {
		return this.database.sql("SELECT encode(record_value, 'hex') FROM dead_letter WHERE record_key = :key")
			.bind("key", this.client.toString())
			.mapValue(String.class)
			.all()
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	@Test
	void asksForTheEndOfANewerInvitationWhenTheClientAcceptedAnOlderOne() {
		this.clock.advance(Duration.ofDays(6));
		UUID newer = this.partner.inviteOne(this.template, this.client);

		publish(linked());
		publish(linked());

		eventually(() -> assertThat(this.partner.client(this.client).text("status")).isEqualTo("ACTIVE"));
		eventuallyAll();
		assertThat(view().text("state")).isEqualTo("ACCEPTED");
		assertThat(this.partner.invitation(newer).text("revocationRequestedAt")).isNotNull();
		eventually(() -> assertThat(revocations()).extracting(InvitationRevocationRequested::getInvitationId)
			.containsExactly(newer));
		publish(InvitationRevoked.newBuilder(revoked()).setInvitationId(newer).build());
		eventually(() -> assertThat(this.partner.invitation(newer).text("state")).isEqualTo("REVOKED"));
	}

	private List<InvitationRevocationRequested> revocations() {
		return RecordedRequests.of(STACK, this.partner.space())
			.stream()
			.filter(InvitationRevocationRequested.class::isInstance)
			.map(InvitationRevocationRequested.class::cast)
			.toList();
	}

	@Test
	void passesOverRecordsThatSayNothingToThisService() {
		double before = count("InvitationRevocationRequested", "passed-over");

		publish(InvitationRevocationRequested.newBuilder()
			.setInvitationId(this.invitation)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setRequestedAt(AT)
			.build());

		eventually(() -> assertThat(count("InvitationRevocationRequested", "passed-over")).isGreaterThan(before));
	}

	@Test
	void losesNothingWhileTheDatabaseIsDown() {
		STACK.postgres().stop();
		try {
			publish(sent(1));
			publish(linked());
		}
		finally {
			STACK.postgres().start();
		}

		eventually(() -> {
			assertThat(view().text("state")).isEqualTo("ACCEPTED");
			assertThat(view().text("delivery.state")).isEqualTo("SENT");
		});
	}

	@Test
	void waitsForTheRegistryInsteadOfPassingOver() {
		// Of a schema that this process has not looked up yet.
		byte[] unseen = this.serializer.serialize(Topics.ONBOARDING_EVENTS, asWrittenByANewerRelease(linked()));

		double before = count("none", "waiting");

		STACK.registry().stop();
		try {
			publish(unseen);
			eventually(() -> assertThat(count("none", "waiting") - before).isGreaterThanOrEqualTo(2));
			assertThat(view().text("state")).isEqualTo("PENDING");
		}
		finally {
			STACK.registry().start();
		}

		eventually(() -> assertThat(view().text("state")).isEqualTo("ACCEPTED"));
		assertThat(deadLetters()).isEmpty();
	}

	/** The same record with a field that this release does not know: another schema. */
	private static GenericRecord asWrittenByANewerRelease(LinkEstablished event) {
		Schema current = event.getSchema();
		List<Schema.Field> fields = new ArrayList<>();
		current.getFields()
			.forEach((field) -> fields
				.add(new Schema.Field(field.name(), field.schema(), field.doc(), field.defaultVal())));
		fields.add(new Schema.Field("added", SchemaBuilder.builder().stringType(), "New.", ""));
		Schema newer = Schema.createRecord(current.getName(), current.getDoc(), current.getNamespace(), false, fields);
		GenericRecordBuilder record = new GenericRecordBuilder(newer).set("added", "something");
		for (Schema.Field field : current.getFields()) {
			Object value = event.get(field.name());
			record.set(field.name(), (value instanceof UUID id) ? id.toString()
					: (value instanceof Instant at) ? at.toEpochMilli() : value);
		}
		return record.build();
	}

	private static GenericRecord unheardOf() {
		Schema schema = SchemaBuilder.record("LinkRemoved")
			.namespace("com.banqup.invitations.events")
			.fields()
			.requiredString("reason")
			.endRecord();
		return new GenericRecordBuilder(schema).set("reason", "none").build();
	}

	private InvitationSent sent(int generation) {
		return InvitationSent.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.setGeneration(generation)
			.setReplyCode(250)
			.setAttempts(1)
			.build();
	}

	private InvitationDeferred deferred(int generation, int attempts, Instant nextAttemptAt) {
		return InvitationDeferred.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.setGeneration(generation)
			.setReasonCode("mailbox-busy")
			.setReplyCode(450)
			.setAttempts(attempts)
			.setNextAttemptAt(nextAttemptAt)
			.build();
	}

	private InvitationUndeliverable undeliverable(int generation) {
		return InvitationUndeliverable.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.setGeneration(generation)
			.setReasonCode("mailbox-unknown")
			.setReplyCode(550)
			.setEnhancedStatus("5.1.1")
			.setAttempts(2)
			.build();
	}

	private InvitationCancelled cancelled(int generation) {
		return InvitationCancelled.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.setGeneration(generation)
			.setReasonCode("superseded")
			.build();
	}

	private InvitationProgressed progressed(ProgressStep step) {
		return InvitationProgressed.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.setGeneration(1)
			.setStep(step)
			.build();
	}

	private InvitationRevoked revoked() {
		return InvitationRevoked.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.build();
	}

	private LinkEstablished linked() {
		return LinkEstablished.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(AT)
			.setPartnerSpaceId(this.partner.space())
			.setClientId(this.client)
			.setInvitationId(this.invitation)
			.setGeneration(1)
			.setLinkId(UUID.randomUUID())
			.setBusinessSpaceId(UUID.randomUUID())
			.setConsentId(UUID.randomUUID())
			.setAcceptedBy(UUID.randomUUID())
			.setPermissions(List.of("view-documents"))
			.build();
	}

	private void publish(Object... events) {
		for (Object event : events) {
			publish(this.serializer.serialize(Topics.ONBOARDING_EVENTS, event));
		}
	}

	private void publish(byte[] value) {
		this.producer.send(new ProducerRecord<>(Topics.ONBOARDING_EVENTS, this.client.toString(), value));
		this.producer.flush();
	}

	/** Waits until an event after all others, under the same key, has left its trace. */
	private void eventuallyAll() {
		UUID marker = this.partner.addClient("Marker");
		UUID markerInvitation = this.partner.inviteOne(this.template, marker);
		publish(InvitationSent.newBuilder(sent(1)).setInvitationId(markerInvitation).setClientId(marker).build());
		eventually(
				() -> assertThat(this.partner.invitation(markerInvitation).text("delivery.state")).isEqualTo("SENT"));
	}

	private static void eventually(ThrowingRunnable assertion) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(assertion);
	}

	private Response view() {
		return this.partner.invitation(this.invitation);
	}

	private double count(String type, String outcome) {
		return this.meters.counter("onboarding.events", "type", type, "outcome", outcome).count();
	}

}
