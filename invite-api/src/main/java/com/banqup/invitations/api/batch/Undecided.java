package com.banqup.invitations.api.batch;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a chunk holds that is not decided.
 *
 * @param rows rows, as they came
 * @param failed which of the batch's rows that failed are decided again when there are no
 * rows left, null for none
 */
public record Undecided(List<BatchRow> rows, @Nullable FailedRows failed) {

	/** Nothing at all. */
	public static final Undecided NOTHING = new Undecided(List.of(), null);

	public Undecided {
		rows = List.copyOf(rows);
	}

	/** Whether the chunk is done with. */
	public boolean isEmpty() {
		return this.rows.isEmpty() && this.failed == null;
	}

}
