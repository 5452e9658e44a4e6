package com.banqup.invitations.dispatch.mail;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/**
 * What an invitation mail says and to whom. All text is as the partner typed it:
 * untrusted.
 *
 * @param invitationId the invitation
 * @param generation which mail of the invitation this is; the two make its link and its
 * Message-ID
 * @param partnerName the Partner Space's name
 * @param clientName the client's company name
 * @param email the recipient
 * @param language the language of the mail
 * @param message the partner's own words, plain text; null for none
 * @param permissions the access that the partner asks for
 * @param expiresAt when the link stops working
 */
public record InvitationMail(UUID invitationId, int generation, String partnerName, String clientName, String email,
		InviteeLanguage language, @Nullable String message, List<Permission> permissions, Instant expiresAt) {

	public InvitationMail {
		permissions = List.copyOf(permissions);
	}

	/** Without the recipient and the text, which do not belong in logs. */
	@Override
	public String toString() {
		return "InvitationMail[invitationId=%s, generation=%d]".formatted(this.invitationId, this.generation);
	}

}
