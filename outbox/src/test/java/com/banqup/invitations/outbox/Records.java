package com.banqup.invitations.outbox;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.events.InvitationSent;

/** Records to publish; {@code attempts} counts them. */
final class Records {

	/** Not a random one: making those blocks, and these are made on event loops. */
	private static final UUID ID = UUID.fromString("7b0a4c5e-58a4-4a37-9f0c-1d3f7f3f0b11");

	private Records() {
	}

	static InvitationSent sent(int number) {
		return InvitationSent.newBuilder()
			.setEventId(ID)
			.setOccurredAt(Instant.parse("2026-01-02T03:04:05Z"))
			.setPartnerSpaceId(ID)
			.setClientId(ID)
			.setInvitationId(ID)
			.setGeneration(1)
			.setReplyCode(250)
			.setAttempts(number)
			.build();
	}

}
