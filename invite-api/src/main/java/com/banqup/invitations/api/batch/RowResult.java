package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InvitationId;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param row the row
 * @param state what became of it
 * @param reason why nobody was invited, null if somebody was
 * @param detail the reason in words, null if there is none
 * @param clientId the row's client, null if there is none
 * @param invitationId the row's invitation, or the one that stands in the way; null if
 * there is none
 */
public record RowResult(BatchRow row, RowState state, @Nullable RowReason reason, @Nullable String detail,
		@Nullable ClientId clientId, @Nullable InvitationId invitationId) {

	static RowResult invited(BatchRow row, @Nullable ClientId clientId, @Nullable InvitationId invitationId) {
		return new RowResult(row, RowState.INVITED, null, null, clientId, invitationId);
	}

	static RowResult cancelled(BatchRow row) {
		return new RowResult(row, RowState.CANCELLED, null, null, null, null);
	}

	static RowResult refused(BatchRow row, RowReason reason, String detail, @Nullable ClientId clientId,
			@Nullable InvitationId invitationId) {
		return new RowResult(row, reason.state(), reason, detail, clientId, invitationId);
	}

	/** The name under which it is counted. */
	public String countName() {
		return BatchCounts.rowName(this.state, this.reason);
	}

}
