package com.banqup.invitations.api.invitation.kafka;

import java.time.Instant;
import java.util.List;

import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationRequests;
import com.banqup.invitations.api.invitation.MailRequest;
import com.banqup.invitations.outbox.Outbox;
import com.banqup.invitations.outbox.OutboxMessage;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Permission;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Requests leave through the outbox, keyed by Partner Space. */
@Component
class OutboxInvitationRequests implements InvitationRequests {

	private final Outbox outbox;

	OutboxInvitationRequests(Outbox outbox) {
		this.outbox = outbox;
	}

	@Override
	public Mono<Void> requestMails(List<MailRequest> mails) {
		return Mono.fromSupplier(() -> mails.stream().map(OutboxInvitationRequests::message).toList())
			.flatMap(this.outbox::append);
	}

	@Override
	public Mono<Void> requestRevocation(Invitation invitation, Instant at) {
		return Mono.fromSupplier(() -> message(invitation, at)).flatMap(this.outbox::append);
	}

	private static OutboxMessage message(MailRequest mail) {
		InvitationRequested requested = InvitationRequested.newBuilder()
			.setInvitationId(mail.invitationId().value())
			.setGeneration(mail.generation())
			.setPartnerSpaceId(mail.partnerSpace().id().value())
			.setPartnerName(mail.partnerSpace().name())
			.setClientId(mail.addressee().clientId().value())
			.setClientName(mail.addressee().name())
			.setEmail(mail.addressee().email())
			.setLanguage(mail.language().code())
			.setMessage(mail.message())
			.setPermissions(mail.permissions().stream().map(Permission::code).toList())
			.setRequestedAt(mail.requestedAt())
			.setExpiresAt(mail.expiresAt())
			.setBatchId(null)
			.build();
		return new OutboxMessage(mail.topic(), mail.partnerSpace().id().toString(), requested);
	}

	private static OutboxMessage message(Invitation invitation, Instant at) {
		InvitationRevocationRequested requested = InvitationRevocationRequested.newBuilder()
			.setInvitationId(invitation.id().value())
			.setPartnerSpaceId(invitation.partnerSpaceId().value())
			.setClientId(invitation.clientId().value())
			.setRequestedAt(at)
			.build();
		return new OutboxMessage(invitation.topic(), invitation.partnerSpaceId().toString(), requested);
	}

}
