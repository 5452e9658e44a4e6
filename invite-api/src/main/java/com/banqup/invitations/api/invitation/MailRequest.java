package com.banqup.invitations.api.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import com.banqup.invitations.schemas.Topics;
import org.jspecify.annotations.Nullable;

/**
 * The request to mail one generation of an invitation, complete as of its time.
 *
 * @param invitationId which invitation
 * @param generation which generation
 * @param topic where the request goes
 * @param partnerSpace who invites
 * @param addressee who is invited
 * @param language of mail and pages
 * @param message the partner's own words, null for none
 * @param permissions the access asked for
 * @param requestedAt when it was asked for
 * @param expiresAt until when it can be accepted
 * @param batchId the bulk it belongs to, null for none
 */
public record MailRequest(InvitationId invitationId, int generation, String topic, PartnerSpace partnerSpace,
		Addressee addressee, InviteeLanguage language, @Nullable String message, List<Permission> permissions,
		Instant requestedAt, Instant expiresAt, @Nullable UUID batchId) {

	/** The request for the next generation, by the topic of those who wait. */
	static MailRequest of(Invitation invitation, PartnerSpace partnerSpace, Addressee addressee) {
		return new MailRequest(invitation.id(), invitation.generation(), Topics.INVITATION_REQUESTS, partnerSpace,
				addressee, invitation.language(), invitation.message(), invitation.permissions(),
				invitation.requestedAt(), invitation.expiresAt(), null);
	}

	static MailRequest of(InvitedClient invited, PartnerSpace partnerSpace, InvitationTerms terms) {
		return new MailRequest(invited.invitationId(), 1, terms.topic(), partnerSpace, invited.addressee(),
				invited.language(), terms.message(), terms.permissions(), terms.requestedAt(), terms.expiresAt(), null);
	}

	/** The request for the next generation of a bulk's invitation. */
	public static MailRequest of(Invitation invitation, Addressee addressee, PartnerSpace partnerSpace, UUID batchId) {
		return new MailRequest(invitation.id(), invitation.generation(), invitation.topic(), partnerSpace, addressee,
				invitation.language(), invitation.message(), invitation.permissions(), invitation.requestedAt(),
				invitation.expiresAt(), batchId);
	}

	/** The request for a row of a bulk. */
	public static MailRequest of(NewInvitation invitation, Addressee addressee, PartnerSpace partnerSpace,
			InvitationTerms terms) {
		return new MailRequest(invitation.id(), 1, terms.topic(), partnerSpace, addressee, invitation.language(),
				invitation.message(), terms.permissions(), terms.requestedAt(), terms.expiresAt(),
				invitation.batchId());
	}

	/**
	 * Who is invited.
	 *
	 * @param clientId the client
	 * @param name the client's name
	 * @param email where the mail goes, the domain in its ASCII form
	 */
	public record Addressee(ClientId clientId, String name, String email) {

		/** The record's fields would be personal data in a log. */
		@Override
		public String toString() {
			return "Addressee[" + this.clientId + "]";
		}

	}

}
