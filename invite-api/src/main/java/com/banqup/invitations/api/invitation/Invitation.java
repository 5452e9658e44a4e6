package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/**
 * An invitation of a client into a link with the Partner Space.
 *
 * @param id which one
 * @param partnerSpaceId who invites
 * @param clientId who is invited
 * @param templateId the configuration template it was made from
 * @param topic where its requests go
 * @param state whether it can still be accepted, as of the time it was read
 * @param generation 1 for the first mail, one more for each resend
 * @param language of mail and pages
 * @param message the partner's own words, null for none
 * @param permissions the access asked for
 * @param expiresInDays how long each generation can be accepted
 * @param createdAt when the client was invited
 * @param requestedBy subject of the user who asked for the current generation
 * @param requestedAt when the current generation was asked for
 * @param expiresAt until when the current generation can be accepted
 * @param acceptedAt when it was accepted, null while it is not
 * @param revocationRequestedAt when the partner asked to end it, null while nobody has
 * @param delivery the delivery of the current generation
 * @param progress how far the client got
 */
public record Invitation(InvitationId id, PartnerSpaceId partnerSpaceId, ClientId clientId, TemplateId templateId,
		String topic, InvitationState state, int generation, InviteeLanguage language, @Nullable String message,
		List<Permission> permissions, int expiresInDays, Instant createdAt, String requestedBy, Instant requestedAt,
		Instant expiresAt, @Nullable Instant acceptedAt, @Nullable Instant revocationRequestedAt, Delivery delivery,
		Progress progress) {

	/** Whether it can be sent again at all. */
	public boolean hasNextGeneration() {
		return this.generation < LinkToken.MAX_GENERATION;
	}

	/**
	 * The next generation of this invitation: a new mail, and the time to accept starts
	 * again. An expired invitation becomes pending again by it; it keeps its history, and
	 * no other one can be pending, as it is the client's latest.
	 * @throws NoPendingInvitation if it was accepted or revoked
	 * @throws RevocationInProgress if the partner has asked to end it, also when it has
	 * expired since: for the other services it has ended for good
	 * @throws GenerationsExhausted if there is no next generation
	 */
	Invitation resent(String by, Instant at) {
		if (this.state == InvitationState.ACCEPTED || this.state == InvitationState.REVOKED) {
			throw new NoPendingInvitation("Invitation " + this.id + " is " + this.state);
		}
		if (this.revocationRequestedAt != null) {
			throw new RevocationInProgress(this.id);
		}
		if (!hasNextGeneration()) {
			throw new GenerationsExhausted(this.id);
		}
		return new Invitation(this.id, this.partnerSpaceId, this.clientId, this.templateId, this.topic,
				InvitationState.PENDING, this.generation + 1, this.language, this.message, this.permissions,
				this.expiresInDays, this.createdAt, by, at, at.plus(Duration.ofDays(this.expiresInDays)), null, null,
				Delivery.queued(at), this.progress);
	}

}
