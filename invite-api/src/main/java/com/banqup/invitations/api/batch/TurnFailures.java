package com.banqup.invitations.api.batch;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What failed turns have shown about the rows that are next. Rows that fail together are
 * decided in halves until one fails alone; after it come one, two, four rows and so on,
 * as others may be like it.
 *
 * @param turns how many turns in a row have failed
 * @param suspects of how many of the next rows one at least cannot be decided, 0 if
 * nothing is known against them
 * @param next how many rows come next if nothing is known against them, 0 for all
 * @param row the number of the next row if it failed alone, null if it did not
 * @param rowsInARow how many rows have failed alone since others were decided
 * @param rows how many have since the batch runs, or runs again
 */
public record TurnFailures(int turns, int suspects, int next, @Nullable Integer row, int rowsInARow, int rows) {

	/** Nothing has failed. */
	public static final TurnFailures NONE = new TurnFailures(0, 0, 0, null, 0, 0);

	/** No chunk has so many rows. */
	private static final int ALL = 100_000;

	/** How many rows the next turn takes at most. */
	int mostRows() {
		if (this.row != null) {
			return 1;
		}
		if (this.suspects > 0) {
			return Math.max(this.suspects / 2, 1);
		}
		return (this.next > 0) ? this.next : Integer.MAX_VALUE;
	}

	/** Whether these rows are one, and it failed alone before. */
	boolean haveShown(List<BatchRow> rows) {
		return this.row != null && rows.size() == 1 && rows.getFirst().number() == this.row;
	}

	/** After one more turn, whose failure says nothing about the rows. */
	TurnFailures failed() {
		return new TurnFailures(this.turns + 1, this.suspects, this.next, this.row, this.rowsInARow, this.rows);
	}

	/** After one more turn, in which these rows failed. */
	TurnFailures failed(List<BatchRow> together) {
		return (together.size() == 1)
				? new TurnFailures(this.turns + 1, 1, 0, together.getFirst().number(), this.rowsInARow + 1,
						this.rows + 1)
				: new TurnFailures(this.turns + 1, together.size(), 0, null, this.rowsInARow, this.rows);
	}

	/** After a turn that decided so many rows; it can be none, if they have to wait. */
	TurnFailures decided(int decided) {
		if (decided == 0) {
			return new TurnFailures(0, this.suspects, this.next, this.row, this.rowsInARow, this.rows);
		}
		return new TurnFailures(0, Math.max(this.suspects - decided, 0), (this.next < ALL) ? this.next * 2 : 0, null, 0,
				this.rows);
	}

	/** After the row that failed alone was left out: who knows about the others. */
	TurnFailures leftOut() {
		return new TurnFailures(0, 0, 1, null, this.rowsInARow, this.rows);
	}

}
