package com.banqup.invitations.api.batch;

import java.util.Optional;

/**
 * Rows of a batch that failed, from a row on: these first, those of the following kinds
 * when there are none left.
 *
 * @param kind how they failed
 * @param after the row before the first of them
 */
public record FailedRows(Kind kind, int after) {

	/** All that failed. */
	public static final FailedRows ALL = new FailedRows(Kind.NOT_DECIDED, 0);

	/** Those after this row. */
	FailedRows after(int row) {
		return new FailedRows(this.kind, row);
	}

	/** Those of the next kind, if there is one. */
	Optional<FailedRows> following() {
		Kind[] kinds = Kind.values();
		int next = this.kind.ordinal() + 1;
		return (next < kinds.length) ? Optional.of(new FailedRows(kinds[next], 0)) : Optional.empty();
	}

	/** How a row failed, in the order in which they are decided again. */
	public enum Kind {

		/** It could not be decided. */
		NOT_DECIDED,

		/** Its client was not to be invited. */
		SKIPPED,

		/** Its mail was given up. */
		UNDELIVERED,

		/** Its mail was not sent before the time to accept had run out. */
		TOO_LATE,

		/**
		 * Nothing was heard of its mail for so long that the request must have been lost.
		 */
		SILENT

	}

}
