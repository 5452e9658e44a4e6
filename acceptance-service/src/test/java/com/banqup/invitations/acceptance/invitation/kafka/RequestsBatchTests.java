package com.banqup.invitations.acceptance.invitation.kafka;

import java.net.ConnectException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.RequestedInvitation;
import com.banqup.invitations.acceptance.invitation.kafka.RequestsBatch.PassedOver;
import com.banqup.invitations.acceptance.invitation.kafka.RequestsBatch.Reason;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RequestsBatchTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void sortsRequestsAndRevocations() {
		InvitationRequested request = request();
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), NOW, "user-1");

		RequestsBatch batch = batch(request, revocation);

		assertThat(batch.requested()).extracting(RequestedInvitation::id).containsExactly(request.getInvitationId());
		assertThat(batch.revoked()).singleElement()
			.satisfies((revoked) -> assertThat(revoked.invitationId()).isEqualTo(revocation.getInvitationId()));
		assertThat(batch.passedOver()).isEmpty();
		assertThat(batch.unreadable()).isNull();
	}

	@Test
	void passesOverWhatIsUndecodableInvalidOrOfNoInterest() {
		InvitationRequested invalid = InvitationRequested.newBuilder(request()).setGeneration(0).build();

		RequestsBatch batch = batch(new UnreadableValue(new SerializationException("junk")), invalid, "something else",
				null, request());

		assertThat(batch.requested()).hasSize(1);
		assertThat(batch.passedOver()).extracting(PassedOver::offset, PassedOver::reason)
			.containsExactly(tuple(0L, Reason.UNDECODABLE), tuple(1L, Reason.INVALID), tuple(2L, Reason.OF_NO_INTEREST),
					tuple(3L, Reason.OF_NO_INTEREST));
	}

	@Test
	void endsBeforeTheFirstRecordThatMayBecomeReadable() {
		UnreadableValue later = new UnreadableValue(
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
