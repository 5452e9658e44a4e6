package com.banqup.invitations.api.batch.reading;

import java.util.List;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.client.ClientSelection;

/** A piece of what is read of an upload. */
sealed interface Piece {

	/**
	 * Comes first, and only where at least one row follows.
	 *
	 * @param ignoredColumns the columns that mean nothing here
	 */
	record Opening(List<String> ignoredColumns) implements Piece {
	}

	/**
	 * A row.
	 *
	 * @param row the row
	 */
	record Row(BatchRow row) implements Piece {
	}

	/**
	 * Comes alone.
	 *
	 * @param clients which ones
	 */
	record Described(ClientSelection clients) implements Piece {
	}

}
