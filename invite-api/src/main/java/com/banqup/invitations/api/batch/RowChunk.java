package com.banqup.invitations.api.batch;

import java.util.List;

/**
 * Rows that are stored, and decided, together.
 *
 * @param number which chunk of the batch, 1 for the first
 * @param rows the rows
 */
public record RowChunk(int number, List<BatchRow> rows) {

	public RowChunk {
		rows = List.copyOf(rows);
	}

}
