package com.banqup.invitations.api.batch;

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
	 */
	record Invite(BatchRow row, Addressee addressee, @Nullable ClientDetails added, @Nullable InviteeLanguage language,
			@Nullable String message) implements RowDecision {

		ClientId clientId() {
			return this.addressee.clientId();
		}

	}

	/**
	 * Its client's invitation is to be mailed again.
	 *
	 * @param row the row
	 * @param addressee the client, as it is now
	 * @param invitationId the invitation
	 */
	record MailAgain(BatchRow row, Addressee addressee, InvitationId invitationId) implements RowDecision {
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
	 * @param result why not
	 */
	record Refuse(RowResult result) implements RowDecision {

		@Override
		public BatchRow row() {
			return this.result.row();
		}

	}

}
