package com.banqup.invitations.api.batch;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * A batch whose turn it is, locked together with its Partner Space's bulks until the
 * running transaction ends.
 *
 * @param batch the batch
 * @param chunk which chunk is to be decided
 * @param again whether its rows are decided again
 * @param failures what failed turns have shown about its rows
 * @param day the last day on which the Partner Space's bulks invited
 * @param invited how many they invited on that day
 */
public record BatchTurn(InvitationBatch batch, int chunk, boolean again, TurnFailures failures, @Nullable LocalDate day,
		long invited) {

	/** How many were invited on this day. */
	long invitedOn(LocalDate today) {
		return today.equals(this.day) ? this.invited : 0;
	}

}
