package com.banqup.invitations.api.invitation;

import java.time.Clock;
import java.util.List;

import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends a client's invitation again: the same invitation, its next generation, to the
 * address the client has now. Only the newest link can be accepted from then on.
 */
@Service
public class ResendInvitation {

	private final PartnerSpaces partnerSpaces;

	private final Clients clients;

	private final Invitations invitations;

	private final InvitationRequests requests;

	private final DailyLimit dailyLimit;

	private final Clock clock;

	public ResendInvitation(PartnerSpaces partnerSpaces, Clients clients, Invitations invitations,
			InvitationRequests requests, DailyLimit dailyLimit, Clock clock) {
		this.partnerSpaces = partnerSpaces;
		this.clients = clients;
		this.invitations = invitations;
		this.requests = requests;
		this.dailyLimit = dailyLimit;
		this.clock = clock;
	}

	/**
	 * The invitation in its new generation. Errors with {@link ClientAlreadyLinked},
	 * {@link NoPendingInvitation}, {@link RevocationInProgress},
	 * {@link GenerationsExhausted}, {@link DailyLimitReached} or
	 * {@link com.banqup.invitations.api.client.ClientNotFound}.
	 */
	@Transactional
	public Mono<Invitation> resend(PartnerSpaceId partnerSpaceId, ClientId clientId, String requestedBy) {
		return this.partnerSpaces.requireLocked(partnerSpaceId)
			.flatMap((partnerSpace) -> this.clients.requireLocked(partnerSpaceId, clientId)
				.flatMap((client) -> resend(partnerSpace, client, requestedBy)));
	}

	private Mono<Invitation> resend(PartnerSpace partnerSpace, Client client, String requestedBy) {
		if (client.status() == ClientStatus.ACTIVE) {
			return Mono.error(new ClientAlreadyLinked(client.id()));
		}
		return nextGeneration(client, requestedBy).flatMap(this.invitations::resend)
			.switchIfEmpty(
					Mono.error(() -> new NoPendingInvitation("Client " + client.id() + " has no pending invitation")))
			.flatMap((invitation) -> requestMail(invitation, partnerSpace, client).thenReturn(invitation));
	}

	private Mono<Invitation> nextGeneration(Client client, String requestedBy) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.invitations.findLatest(client.partnerSpaceId(), client.id(), now)
				.map((invitation) -> invitation.resent(requestedBy, now)));
	}

	private Mono<Void> requestMail(Invitation invitation, PartnerSpace partnerSpace, Client client) {
		Addressee addressee = new Addressee(client.id(), client.details().name(), client.details().email().ascii());
		return this.dailyLimit.count(partnerSpace.id(), 1, invitation.requestedAt())
			.then(Mono
				.defer(() -> this.requests.requestMails(List.of(MailRequest.of(invitation, partnerSpace, addressee)))));
	}

}
