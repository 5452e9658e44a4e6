package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.batch.BatchRow.Corrected;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InvitationId;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param row the row
 * @param state what became of it
 * @param reason why nobody was invited, or why nothing was done about somebody who was
 * invited before; null if there is none
 * @param detail the reason in words, null if there is none
 * @param clientId the row's client, null if there is none
 * @param invitationId the row's invitation, or the one that stands in the way; null if
 * there is none
 * @param invitedBefore whether the row counts as invited already
 */
public record RowResult(BatchRow row, RowState state, @Nullable RowReason reason, @Nullable String detail,
		@Nullable ClientId clientId, @Nullable InvitationId invitationId, boolean invitedBefore) {

	static RowResult invited(BatchRow row, @Nullable ClientId clientId, @Nullable InvitationId invitationId) {
		return new RowResult(row, RowState.INVITED, null, null, clientId, invitationId, false);
	}

	static RowResult cancelled(BatchRow row) {
		return new RowResult(row, RowState.CANCELLED, null, null, null, null, false);
	}

	static RowResult refused(BatchRow row, RowReason reason, String detail, @Nullable ClientId clientId,
			@Nullable InvitationId invitationId) {
		return new RowResult(row, reason.state(), reason, detail, clientId, invitationId, false);
	}

	/** Its client was invited before, and is mailed again. */
	static RowResult invitedAgain(BatchRow row, ClientId clientId, InvitationId invitationId) {
		return new RowResult(row, RowState.INVITED, null, null, clientId, invitationId, true);
	}

	/**
	 * Its client was invited before, and for this reason nothing was done about it now.
	 */
	static RowResult leftInvited(BatchRow row, RowReason reason, String detail, Undelivered invited) {
		return new RowResult(row, RowState.INVITED, reason, detail, invited.clientId(), invited.invitationId(), true);
	}

	/** The row failed alone. */
	static RowResult notDecided(BatchRow row) {
		RowReason reason = RowReason.NOT_DECIDED;
		return switch (row.content()) {
			case Undelivered invited -> leftInvited(row, reason, reason.sentence(), invited);
			case Corrected corrected -> leftInvited(row, reason, reason.sentence(), corrected.invited());
			case KnownClient known -> refused(row, reason, reason.sentence(), known.clientId(), null);
			case NamedClient named -> refused(row, reason, reason.sentence(), null, null);
			case Unusable unusable -> refused(row, reason, reason.sentence(), null, null);
		};
	}

	/** The same of a row that counts as invited. */
	RowResult ofInvited() {
		return new RowResult(this.row, this.state, this.reason, this.detail, this.clientId, this.invitationId, true);
	}

	/** Whether the row counts as it did before. */
	public boolean countsAsBefore() {
		return this.invitedBefore && this.state == RowState.INVITED;
	}

	/** The name under which it is counted. */
	public String countName() {
		return BatchCounts.rowName(this.state, this.reason);
	}

}
