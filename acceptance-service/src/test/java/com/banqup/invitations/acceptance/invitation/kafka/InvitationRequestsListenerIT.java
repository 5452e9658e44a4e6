package com.banqup.invitations.acceptance.invitation.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.TestStack;
import com.banqup.invitations.acceptance.TestTopics;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.InvitationState;
import com.banqup.invitations.acceptance.invitation.Invitations;
import com.banqup.invitations.acceptance.invitation.TestInvitations;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.banqup.invitations.acceptance.invitation.TestInvitations.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "acceptance.requests.max-backoff=1s", "acceptance.requests.sample-interval=1s" })
@Import(TestClock.Configuration.class)
@DirtiesContext
@Timeout(400)
@NullUnmarked
class InvitationRequestsListenerIT {

	private static TestTopics topics;

	@Autowired
	private Invitations invitations;

	@Autowired
	private KafkaListenerEndpointRegistry listeners;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private DatabaseClient database;

	@DynamicPropertySource
	static void stack(DynamicPropertyRegistry registry) {
		TestStack.registerWithKafka(registry);
	}

	@BeforeAll
	static void openTopics() {
		topics = new TestTopics();
	}

	@AfterAll
	static void closeTopics() {
		topics.close();
	}

	@Test
	void learnsInvitationsFromBothTopics() {
		TestInvitations single = anInvitation();
		TestInvitations ofBulk = anInvitation();

		topics.send(Topics.INVITATION_REQUESTS, single.partnerSpaceId(), requested(single));
		topics.send(Topics.INVITATION_REQUESTS_BULK, ofBulk.partnerSpaceId(), requested(ofBulk));

		eventually().untilAsserted(() -> assertThat(find(single)).isNotNull());
		eventually().untilAsserted(() -> assertThat(find(ofBulk)).isNotNull());
		assertThat(find(single)).satisfies((known) -> {
			assertThat(known.generation()).isEqualTo(1);
			assertThat(known.partnerName()).isEqualTo("Müller & Partner");
			assertThat(known.expiresAt()).isEqualTo(single.expiresAt());
			assertThat(known.state()).isEqualTo(InvitationState.PENDING);
		});
		assertThat(this.database.sql("SELECT invitation::text AS row FROM invitation WHERE id = :id")
			.bind("id", single.id())
			.map((row) -> row.get("row", String.class))
			.one()
			.block(Duration.ofSeconds(60))).contains("Bakery").doesNotContain(single.address());
	}

	@Test
	void keepsTheHighestGenerationWhateverTheOrder() {
		TestInvitations first = anInvitation();
		TestInvitations second = first.resent();
		TestInvitations marker = anInvitation().by(first.partnerSpaceId(), "Marker");

		topics.send(Topics.INVITATION_REQUESTS, first.partnerSpaceId(), requested(second));
		topics.send(Topics.INVITATION_REQUESTS, first.partnerSpaceId(), requested(first));
		topics.send(Topics.INVITATION_REQUESTS, first.partnerSpaceId(), requested(marker));

		eventually().untilAsserted(() -> assertThat(find(marker)).isNotNull());
		assertThat(find(first).generation()).isEqualTo(2);
		assertThat(find(first).expiresAt()).isEqualTo(second.expiresAt());
	}

	@Test
	void endsARevokedInvitationAndTellsSoOnce() {
		TestInvitations invitation = anInvitation();
		TestInvitations marker = anInvitation().by(invitation.partnerSpaceId(), "Marker");

		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), requested(invitation));
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), revoked(invitation));
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), revoked(invitation));
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), revoked(marker));

		eventually().untilAsserted(
				() -> assertThat(topics.events(InvitationRevoked.class)).extracting(InvitationRevoked::getInvitationId)
					.contains(marker.id(), invitation.id()));
		assertThat(find(invitation).state()).isEqualTo(InvitationState.REVOKED);
		assertThat(topics.events(InvitationRevoked.class))
			.filteredOn((event) -> event.getInvitationId().equals(invitation.id()))
			.singleElement()
			.satisfies((event) -> assertThat(event.getClientId()).isEqualTo(invitation.clientId()));
	}

	@Test
	void keepsAnInvitationRevokedThatComesAfterItsRevocation() {
		TestInvitations invitation = anInvitation();

		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), revoked(invitation));
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), requested(invitation));

		eventually().untilAsserted(
				() -> assertThat(find(invitation)).isNotNull().extracting(Invitation::generation).isEqualTo(1));
		assertThat(find(invitation).state()).isEqualTo(InvitationState.REVOKED);
		assertThat(find(invitation).partnerName()).isEqualTo("Müller & Partner");
	}

	@Test
	void keepsWhatCannotBeDecodedCountsItAndGoesOn() {
		TestInvitations invitation = anInvitation();
		double before = passedOver("undecodable");
		byte[] whole = topics.bytes(Topics.INVITATION_REQUESTS, requested(invitation));
		byte[] truncated = Arrays.copyOf(whole, whole.length / 2);
		byte[] ofUnknownSchema = new byte[] { 0, 0x7f, 0, 0, 0, 1, 2, 3 };

		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), "junk".getBytes(StandardCharsets.UTF_8));
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), truncated);
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), ofUnknownSchema);
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), requested(invitation));

		eventually().untilAsserted(() -> assertThat(find(invitation)).isNotNull());
		eventually().untilAsserted(() -> assertThat(passedOver("undecodable")).isEqualTo(before + 3));
		assertThat(kept(invitation.partnerSpaceId(), "undecodable"))
			.containsExactly("junk".getBytes(StandardCharsets.UTF_8), truncated, ofUnknownSchema);
		eventually().untilAsserted(
				() -> assertThat(this.meters.get("acceptance.queue.depth").gauge().value()).isGreaterThanOrEqualTo(3));
	}

	@Test
	void keepsWhatCouldNeverBeLearned() {
		TestInvitations invitation = anInvitation();
		InvitationRequested invalid = requested(anInvitation().by(invitation.partnerSpaceId(), "NUL \0 in it"));
		double before = passedOver("invalid");

		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), invalid);
		topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), requested(invitation));

		eventually().untilAsserted(() -> assertThat(find(invitation)).isNotNull());
		eventually().untilAsserted(() -> assertThat(passedOver("invalid")).isEqualTo(before + 1));
		assertThat(kept(invitation.partnerSpaceId(), "invalid"))
			.containsExactly(topics.bytes(Topics.INVITATION_REQUESTS, invalid));
	}

	@Test
	void skipsNothingWhileTheDatabaseIsDown() {
		TestInvitations invitation = anInvitation();
		double failuresBefore = failures();
		Stack.shared().postgres().stop();
		try {
			topics.send(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId(), requested(invitation));
			eventually().untilAsserted(() -> assertThat(failures()).isGreaterThan(failuresBefore));
		}
		finally {
			Stack.shared().postgres().start();
		}

		eventually().ignoreExceptions().untilAsserted(() -> assertThat(find(invitation)).isNotNull());
	}

	@Test
	void skipsNothingWhileTheRegistryIsDown() {
		TestInvitations readable = anInvitation();
		TestInvitations newer = anInvitation().by(readable.partnerSpaceId(), "Newer");
		double undecodableBefore = passedOver("undecodable");
		double failuresBefore = failures();
		this.listeners.stop();
		topics.send(Topics.INVITATION_REQUESTS, readable.partnerSpaceId(), requested(readable));
		topics.send(Topics.INVITATION_REQUESTS, readable.partnerSpaceId(), inANewerVersion(requested(newer)));
		// A consumer caches schemas by their id: only one that it has never seen needs
		// the registry.
		Stack.shared().registry().stop();
		try {
			this.listeners.start();
			eventually().untilAsserted(() -> assertThat(failures()).isGreaterThan(failuresBefore));
			assertThat(find(newer)).isNull();
		}
		finally {
			Stack.shared().registry().start();
		}

		eventually().untilAsserted(() -> assertThat(find(newer)).isNotNull());
		assertThat(find(readable)).isNotNull();
		assertThat(passedOver("undecodable")).isEqualTo(undecodableBefore);
	}

	private static Object inANewerVersion(InvitationRequested value) {
		Schema known = InvitationRequested.getClassSchema();
		Schema newer = Schema.createRecord(known.getName(), known.getDoc(), known.getNamespace(), false);
		String added = "added" + UUID.randomUUID().toString().substring(0, 8);
		newer.setFields(
				Stream
					.concat(known.getFields().stream().map((field) -> new Schema.Field(field, field.schema())),
							Stream.of(new Schema.Field(added, Schema.create(Schema.Type.STRING), "New.", "")))
					.toList());
		GenericData.Record copy = new GenericData.Record(newer);
		copy.put("invitationId", value.getInvitationId().toString());
		copy.put("generation", value.getGeneration());
		copy.put("partnerSpaceId", value.getPartnerSpaceId().toString());
		copy.put("partnerName", value.getPartnerName());
		copy.put("clientId", value.getClientId().toString());
		copy.put("clientName", value.getClientName());
		copy.put("email", value.getEmail());
		copy.put("language", value.getLanguage());
		copy.put("permissions", value.getPermissions());
		copy.put("requestedAt", value.getRequestedAt().toEpochMilli());
		copy.put("expiresAt", value.getExpiresAt().toEpochMilli());
		copy.put(added, "something new");
		return copy;
	}

	private static InvitationRequested requested(TestInvitations invitation) {
		return InvitationRequested.newBuilder()
			.setInvitationId(invitation.id())
			.setGeneration(invitation.generation())
			.setPartnerSpaceId(invitation.partnerSpaceId())
			.setPartnerName(invitation.partnerName())
			.setClientId(invitation.clientId())
			.setClientName("Bakery")
			.setEmail(invitation.address())
			.setLanguage("nl")
			.setPermissions(invitation.permissions())
			.setRequestedAt(TestClock.START)
			.setExpiresAt(invitation.expiresAt())
			.build();
	}

	private static InvitationRevocationRequested revoked(TestInvitations invitation) {
		return new InvitationRevocationRequested(invitation.id(), invitation.partnerSpaceId(), invitation.clientId(),
				TestClock.START);
	}

	private Invitation find(TestInvitations invitation) {
		return this.invitations.find(invitation.id()).block(Duration.ofSeconds(60));
	}

	private List<byte[]> kept(UUID key, String reason) {
		return this.database.sql("""
				SELECT content FROM unusable_request WHERE message_key = :key AND reason = :reason ORDER BY kafka_offset
				""")
			.bind("key", key.toString())
			.bind("reason", reason)
			.map((row) -> row.get("content", byte[].class))
			.all()
			.collectList()
			.block(Duration.ofSeconds(60));
	}

	private double passedOver(String outcome) {
		return this.meters.counter("acceptance.requests", "outcome", outcome).count();
	}

	private double failures() {
		return this.meters.counter("acceptance.requests.failures").count();
	}

	private static ConditionFactory eventually() {
		return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(100));
	}

}
