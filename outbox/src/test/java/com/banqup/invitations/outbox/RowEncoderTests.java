package com.banqup.invitations.outbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RowEncoderTests {

	private final InvitationSent sent = InvitationSent.newBuilder()
		.setEventId(UUID.randomUUID())
		.setOccurredAt(Instant.parse("2026-01-02T03:04:05Z"))
		.setPartnerSpaceId(UUID.randomUUID())
		.setClientId(UUID.randomUUID())
		.setInvitationId(UUID.randomUUID())
		.setGeneration(1)
		.setReplyCode(250)
		.setAttempts(1)
		.build();

	private final ByteArrayOutputStream row = new ByteArrayOutputStream();

	RowEncoderTests() {
		TrustedRecords.trust();
	}

	@Test
	void writesAvroSingleObjectEncoding() throws IOException {
		encode(new RowEncoder(TrustedRecords.schemas(), 1000));

		assertThat(this.row.toByteArray()).startsWith(0xC3, 0x01);
		assertThat(InvitationSent.getDecoder().decode(this.row.toByteArray())).isEqualTo(this.sent);
	}

	@Test
	void refusesARecordThatRelaysWouldNotKnow() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> encode(new RowEncoder(Set.of(InvitationRevoked.getClassSchema()), 1000)))
			.withMessageContaining("com.banqup.invitations.events.InvitationSent");
	}

	@Test
	void refusesARecordThatIsTooLarge() {
		assertThatIllegalArgumentException().isThrownBy(() -> encode(new RowEncoder(TrustedRecords.schemas(), 100)))
			.withMessageContaining("expected: at most outbox.max-payload, 100");
	}

	private void encode(RowEncoder encoder) {
		encoder.encode(new OutboxMessage(Topics.ONBOARDING_EVENTS, "key", this.sent), this.row);
	}

}
