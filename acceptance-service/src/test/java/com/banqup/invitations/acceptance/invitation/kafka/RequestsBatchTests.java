package com.banqup.invitations.acceptance.invitation.kafka;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.RequestedInvitation;
import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RequestsBatchTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	@BeforeAll
	static void trustOurRecords() {
		TrustedRecords.trust();
	}

	@Test
	void sortsRequestsAndRevocations() {
		InvitationRequested request = request();
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), NOW);

		RequestsBatch batch = batch(request, revocation);

		assertThat(batch.requested()).extracting(RequestedInvitation::id).containsExactly(request.getInvitationId());
		assertThat(batch.revoked()).singleElement()
			.satisfies((revoked) -> assertThat(revoked.invitationId()).isEqualTo(revocation.getInvitationId()));
		assertThat(batch.unusable()).isEmpty();
		assertThat(batch.unreadable()).isNull();
	}

	@Test
	void setsAsideWhatIsUndecodableInvalidOrOfNoInterest() throws IOException {
		InvitationRequested invalid = InvitationRequested.newBuilder(request()).setGeneration(0).build();
		byte[] junk = { 1, 2, 3 };

		RequestsBatch batch = batch(new UnreadableValue(junk, new SerializationException("junk")), invalid,
				"something else", null, request());

		assertThat(batch.requested()).hasSize(1);
		assertThat(batch.ofNoInterest()).isEqualTo(2);
		assertThat(batch.unusable()).extracting(UnusableRequest::offset, UnusableRequest::key, UnusableRequest::reason)
			.containsExactly(tuple(0L, "key", "undecodable"), tuple(1L, "key", "invalid"));
		assertThat(batch.unusable().getFirst().content()).isEqualTo(junk);
		assertThat(batch.unusable().getFirst().error()).contains("SerializationException: junk");
		assertThat(InvitationRequested.getDecoder().decode(batch.unusable().get(1).content())).isEqualTo(invalid);
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

		RequestsBatch batch = batch(request, revocation);

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

		assertThat(batch(requested, expiring, revocation).unusable()).hasSize(3);
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

		RequestsBatch batch = batch(early, late, revocation);

		assertThat(batch.requested()).isEmpty();
		assertThat(batch.revoked()).isEmpty();
		assertThat(batch.unusable()).extracting(UnusableRequest::reason).hasSize(3).containsOnly("invalid");
	}

	@Test
	void endsBeforeTheFirstRecordThatMayBecomeReadable() {
		UnreadableValue later = new UnreadableValue(new byte[0],
				new SerializationException("no registry", new ConnectException("refused")));

		RequestsBatch batch = batch(request(), later, request());

		assertThat(batch.requested()).hasSize(1);
		assertThat(batch.unreadable()).isNotNull().extracting(ConsumerRecord::offset).isEqualTo(1L);
	}

	private static RequestsBatch batch(@Nullable Object... values) {
		List<ConsumerRecord<String, Object>> records = new ArrayList<>();
		for (Object value : values) {
			records.add(new ConsumerRecord<>(Topics.INVITATION_REQUESTS, 3, records.size(), "key", value));
		}
		return RequestsBatch.of(records);
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
