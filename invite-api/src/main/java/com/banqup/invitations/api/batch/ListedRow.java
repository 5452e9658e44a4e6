package com.banqup.invitations.api.batch;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row, as lists show it.
 *
 * @param number which row
 * @param line the line it starts at
 * @param rowRef what the partner calls it, null if it has no name
 * @param state what became of it; cancelled too if the mail was
 * @param reason code of why nobody was invited, null if somebody was
 * @param detail the reason in words
 * @param clientId the row's client
 * @param invitationId the row's invitation, or the one that stands in the way
 * @param delivery state of the invitation's mail
 * @param deliveryReason code of why it is in that state
 * @param chunk the chunk in which it waits, 0 if it was decided
 */
public record ListedRow(int number, int line, @Nullable String rowRef, RowState state, @Nullable String reason,
		@Nullable String detail, @Nullable UUID clientId, @Nullable UUID invitationId, @Nullable String delivery,
		@Nullable String deliveryReason, int chunk) {

	/** A row that was not decided yet. */
	public static ListedRow waiting(BatchRow row, int chunk) {
		return new ListedRow(row.number(), row.line(), row.rowRef(), RowState.WAITING, null, null, null, null, null,
				null, chunk);
	}

	/** Where the rows after this one are. */
	public RowPosition position() {
		return new RowPosition(this.number, this.chunk);
	}

}
