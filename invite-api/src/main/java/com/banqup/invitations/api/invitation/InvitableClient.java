package com.banqup.invitations.api.invitation;

import java.util.UUID;

import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about a client before it is invited.
 *
 * @param addressee the client
 * @param status linked or not
 * @param language the client's, null if not known
 * @param pending its pending invitation, null if there is none
 */
public record InvitableClient(Addressee addressee, ClientStatus status, @Nullable InviteeLanguage language,
		@Nullable Pending pending) {

	/**
	 * An invitation that can still be accepted.
	 *
	 * @param id which one
	 * @param batchId the bulk it belongs to, null for none
	 * @param batchRow the number of the row in it, null for none
	 */
	public record Pending(InvitationId id, @Nullable UUID batchId, @Nullable Integer batchRow) {
	}

}
