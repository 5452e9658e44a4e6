package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailRejected;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for a mail. Nothing in it has been checked.
 *
 * @param id the delivery
 * @param partnerSpaceId the Partner Space that invites
 * @param clientId the client within it
 * @param partnerName the Partner Space's name
 * @param clientName the client's name
 * @param email the recipient
 * @param language code of the mail's language
 * @param message the partner's own words, null for none
 * @param permissions codes of the access asked for
 * @param requestedAt when it was asked for
 * @param expiresAt from then on the mail makes no sense
 * @param batchId the bulk it belongs to, null for a single one
 * @param original the request as it came
 */
public record DeliveryRequest(DeliveryId id, UUID partnerSpaceId, UUID clientId, String partnerName, String clientName,
		String email, String language, @Nullable String message, List<String> permissions, Instant requestedAt,
		Instant expiresAt, @Nullable UUID batchId, OriginalRecord original) {

	public DeliveryRequest {
		partnerName = storable(partnerName);
		clientName = storable(clientName);
		email = storable(email);
		language = storable(language);
		message = (message != null) ? storable(message) : null;
		permissions = permissions.stream().map(DeliveryRequest::storable).toList();
	}

	/** PostgreSQL's text holds every character but this one. */
	private static String storable(String text) {
		return (text.indexOf('\0') < 0) ? text : text.replace("\0", "");
	}

	/**
	 * The mail that is asked for.
	 * @throws MailRejected when it asks for something that there never is
	 * @throws MailDeferred when it asks for something that a later version of this
	 * service may know
	 */
	InvitationMail toMail() {
		if (this.id.generation() < 1 || this.id.generation() > LinkToken.MAX_GENERATION) {
			throw invalid("invalid-generation",
					"generation: %d (expected: 1..%d)".formatted(this.id.generation(), LinkToken.MAX_GENERATION));
		}
		InviteeLanguage knownLanguage = InviteeLanguage.ofCode(this.language)
			.orElseThrow(() -> unknown("unknown-language", "language: " + this.language));
		List<Permission> knownPermissions = this.permissions.stream().map(DeliveryRequest::permission).toList();
		return new InvitationMail(this.id.invitationId(), this.id.generation(), this.partnerName, this.clientName,
				this.email, knownLanguage, this.message, knownPermissions, this.expiresAt);
	}

	private static Permission permission(String code) {
		return Permission.ofCode(code).orElseThrow(() -> unknown("unknown-permission", "permission: " + code));
	}

	private static MailRejected invalid(String reasonCode, String text) {
		return new MailRejected(reasonCode, null, null, text);
	}

	private static MailDeferred unknown(String reasonCode, String text) {
		return new MailDeferred(reasonCode, null, null, text);
	}

	/** Without the recipient and the text, which do not belong in logs. */
	@Override
	public String toString() {
		return "DeliveryRequest[%s, %s]".formatted(this.id, this.original);
	}

}
