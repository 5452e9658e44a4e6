package com.banqup.invitations.api.invitation.kafka;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationRequests;
import com.banqup.invitations.api.invitation.MailRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.outbox.Outbox;
import com.banqup.invitations.outbox.OutboxMessage;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Permission;
import com.banqup.invitations.schemas.Topics;
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

	/** By the topic of those who wait: it overtakes a bulk that the mail lies in. */
	@Override
	public Mono<Void> requestRevocation(Invitation invitation, Instant at) {
		return Mono.fromSupplier(() -> message(invitation, at)).flatMap(this.outbox::append);
	}

	/** By the topic of those who wait: it overtakes what it is about. */
	@Override
	public Mono<Void> requestBatchCancellation(PartnerSpaceId partnerSpaceId, UUID batchId, Instant at) {
		return Mono.fromSupplier(() -> new BatchCancellationRequested(batchId, partnerSpaceId.value(), at))
			.flatMap((cancellation) -> this.outbox
				.append(new OutboxMessage(Topics.INVITATION_REQUESTS, partnerSpaceId.toString(), cancellation)));
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
			.setBatchId(mail.batchId())
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
		return new OutboxMessage(Topics.INVITATION_REQUESTS, invitation.partnerSpaceId().toString(), requested);
	}

}
