package com.banqup.invitations.acceptance.link.kafka;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.consent.Consent;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.link.LinkEvents;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.LinkEstablished;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.outbox.Outbox;
import com.banqup.invitations.outbox.OutboxMessage;
import com.banqup.invitations.schemas.Permission;
import com.banqup.invitations.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Events are keyed by client; their writer holds the lock of the invitation's row. */
@Component
class OutboxLinkEvents implements LinkEvents {

	private final Outbox outbox;

	OutboxLinkEvents(Outbox outbox) {
		this.outbox = outbox;
	}

	@Override
	public Mono<Void> established(Invitation invitation, Consent consent) {
		return Mono.defer(() -> this.outbox.append(List.of(message(invitation, confirmed(invitation, consent)),
				message(invitation, linkEstablished(invitation, consent)))));
	}

	private static InvitationProgressed confirmed(Invitation invitation, Consent consent) {
		return new InvitationProgressed(UUID.randomUUID(), consent.givenAt(), invitation.partnerSpaceId(),
				invitation.clientId(), invitation.id(), invitation.generation(), ProgressStep.CONFIRMED);
	}

	private static LinkEstablished linkEstablished(Invitation invitation, Consent consent) {
		return new LinkEstablished(UUID.randomUUID(), consent.givenAt(), invitation.partnerSpaceId(),
				invitation.clientId(), invitation.id(), invitation.generation(), consent.linkId(),
				consent.businessSpaceId(), consent.id(), consent.accountId(),
				consent.permissions().stream().map(Permission::code).toList());
	}

	private static OutboxMessage message(Invitation invitation, SpecificRecord event) {
		return new OutboxMessage(Topics.ONBOARDING_EVENTS, invitation.clientId().toString(), event);
	}

}
