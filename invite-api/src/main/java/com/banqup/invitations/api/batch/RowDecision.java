package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/** What is to be done about a row. */
sealed interface RowDecision {

	/** The row. */
	BatchRow row();

	/**
	 * Its client is to be invited.
	 *
	 * @param row the row
	 * @param addressee the client
	 * @param added the client's details if it has to be added, null if it is there
	 * @param language the client's, null if not known
	 * @param message instead of the template's, null to keep that
	 * @param again what was before, null if the row did not invite its client before
	 */
	record Invite(BatchRow row, Addressee addressee, @Nullable ClientDetails added, @Nullable InviteeLanguage language,
			@Nullable String message, @Nullable Again again) implements RowDecision {

		ClientId clientId() {
			return this.addressee.clientId();
		}

	}

	/**
	 * Its client's invitation is to be mailed again.
	 *
	 * @param row the row
	 * @param addressee the client, as it is then
	 * @param again the invitation
	 * @param language of this mail and those after it, null to keep the invitation's
	 * @param message of this mail and those after it, null to keep the invitation's
	 */
	record MailAgain(BatchRow row, Addressee addressee, Again again, @Nullable InviteeLanguage language,
			@Nullable String message) implements RowDecision {
	}

	/**
	 * By what a row's client was invited before, and what has to be done about the
	 * client.
	 *
	 * @param invitationId the invitation
	 * @param changed the client as the partner corrected it, null if it stays as it is
	 */
	record Again(InvitationId invitationId, @Nullable Client changed) {
	}

	/**
	 * The row stays as it is.
	 *
	 * @param row the row
	 */
	record Leave(BatchRow row) implements RowDecision {
	}

	/**
	 * Nobody is to be invited.
	 *
	 * @param row the row
	 * @param result why not
	 * @param replaced the invitation that is the row's no longer, null if there is none
	 */
	record Refuse(BatchRow row, RowResult result, @Nullable InvitationId replaced) implements RowDecision {
	}

}
