package com.banqup.invitations.acceptance.invitation.kafka;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.InvitationEvents;
import com.banqup.invitations.acceptance.invitation.ProgressStep;
import com.banqup.invitations.acceptance.invitation.Revocation;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.outbox.Outbox;
import com.banqup.invitations.outbox.OutboxMessage;
import com.banqup.invitations.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Events are keyed by client; their writers hold the lock of the invitation's row. */
@Component
class OutboxInvitationEvents implements InvitationEvents {

	private final Outbox outbox;

	OutboxInvitationEvents(Outbox outbox) {
		this.outbox = outbox;
	}

	@Override
	public Mono<Void> progressed(Invitation invitation, ProgressStep step, Instant at) {
		return Mono.defer(() -> this.outbox.append(message(invitation.clientId(),
				new InvitationProgressed(UUID.randomUUID(), at, invitation.partnerSpaceId(), invitation.clientId(),
						invitation.id(), invitation.generation(), step(step)))));
	}

	@Override
	public Mono<Void> revoked(Collection<Revocation> revocations, Instant at) {
		return Mono.defer(() -> this.outbox.append(revocations.stream()
			.map((revocation) -> message(revocation.clientId(), event(revocation, at)))
			.toList()));
	}

	private static InvitationRevoked event(Revocation revocation, Instant at) {
		return new InvitationRevoked(UUID.randomUUID(), at, revocation.partnerSpaceId(), revocation.clientId(),
				revocation.invitationId());
	}

	private static com.banqup.invitations.events.ProgressStep step(ProgressStep step) {
		return switch (step) {
			case OPENED -> com.banqup.invitations.events.ProgressStep.OPENED;
			case SIGNED_IN -> com.banqup.invitations.events.ProgressStep.SIGNED_IN;
			case SPACE_CHOSEN -> com.banqup.invitations.events.ProgressStep.SPACE_CHOSEN;
			case CONFIRMED -> com.banqup.invitations.events.ProgressStep.CONFIRMED;
		};
	}

	private static OutboxMessage message(UUID clientId, SpecificRecord event) {
		return new OutboxMessage(Topics.ONBOARDING_EVENTS, clientId.toString(), event);
	}

}
