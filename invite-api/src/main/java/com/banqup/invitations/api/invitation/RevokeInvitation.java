package com.banqup.invitations.api.invitation;

import java.time.Clock;
import java.time.Instant;

import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the acceptance service to end an invitation. It decides: the invitation is revoked
 * here when it confirms, and accepted when the client was faster.
 */
@Service
public class RevokeInvitation {

	private final PartnerSpaces partnerSpaces;

	private final Clients clients;

	private final Invitations invitations;

	private final InvitationRequests requests;

	private final Clock clock;

	public RevokeInvitation(PartnerSpaces partnerSpaces, Clients clients, Invitations invitations,
			InvitationRequests requests, Clock clock) {
		this.partnerSpaces = partnerSpaces;
		this.clients = clients;
		this.invitations = invitations;
		this.requests = requests;
		this.clock = clock;
	}

	/**
	 * The invitation with the request noted; asking again changes nothing. Errors with
	 * {@link InvitationNotFound}, {@link NoPendingInvitation} or
	 * {@link ClientAlreadyLinked}.
	 */
	@Transactional
	public Mono<Invitation> revoke(PartnerSpaceId partnerSpaceId, InvitationId id, String requestedBy) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> requireLocked(partnerSpaceId, id, now)
				.flatMap((invitation) -> revoke(invitation, requestedBy, now)));
	}

	private Mono<Invitation> requireLocked(PartnerSpaceId partnerSpaceId, InvitationId id, Instant now) {
		return this.invitations.require(partnerSpaceId, id, now)
			.flatMap((seen) -> this.partnerSpaces.requireLocked(partnerSpaceId)
				.then(this.clients.requireLocked(partnerSpaceId, seen.clientId())))
			.then(Mono.defer(() -> this.invitations.require(partnerSpaceId, id, now)));
	}

	private Mono<Invitation> revoke(Invitation invitation, String requestedBy, Instant now) {
		return switch (invitation.state()) {
			case ACCEPTED -> Mono.error(new ClientAlreadyLinked(invitation.clientId()));
			case EXPIRED -> Mono.error(new NoPendingInvitation("Invitation " + invitation.id() + " has expired"));
			case REVOKED -> Mono.just(invitation);
			case PENDING -> this.invitations.noteRevocationRequest(invitation, requestedBy, now)
				.flatMap((noted) -> this.requests.requestRevocation(noted, now).thenReturn(noted))
				.defaultIfEmpty(invitation);
		};
	}

}
