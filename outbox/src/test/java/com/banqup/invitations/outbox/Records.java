package com.banqup.invitations.outbox;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.events.InvitationSent;

/** Records to publish; {@code attempts} counts them. */
final class Records {

	private Records() {
	}

	static InvitationSent sent(int number) {
		return InvitationSent.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(Instant.parse("2026-01-02T03:04:05Z"))
			.setPartnerSpaceId(UUID.randomUUID())
			.setClientId(UUID.randomUUID())
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setReplyCode(250)
			.setAttempts(number)
			.build();
	}

}
