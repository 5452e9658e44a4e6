package com.banqup.invitations.api.batch;

import java.util.List;
import java.util.stream.Stream;

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

	/** The first so many of the rows. */
	List<BatchRow> first(int most) {
		return this.rows.subList(0, Math.min(most, this.rows.size()));
	}

	/** What is left without the first so many rows. */
	Undecided without(int first) {
		return new Undecided(this.rows.subList(first, this.rows.size()), this.failed);
	}

	/** The same with these rows before the others. */
	Undecided after(List<BatchRow> before) {
		return new Undecided(Stream.concat(before.stream(), this.rows.stream()).toList(), this.failed);
	}

	/** The same without the rows that failed. */
	Undecided withoutFailed() {
		return new Undecided(this.rows, null);
	}

	/** Whether the chunk is done with. */
	public boolean isEmpty() {
		return this.rows.isEmpty() && this.failed == null;
	}

}
