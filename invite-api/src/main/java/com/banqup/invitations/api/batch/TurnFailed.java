package com.banqup.invitations.api.batch;

import java.util.List;

/** A chunk could not be decided, and nothing was done. */
class TurnFailed extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient BatchTurn turn;

	private final transient List<BatchRow> rows;

	/**
	 * Creates it.
	 * @param turn whose turn it was
	 * @param rows which rows were to be decided, none if it did not come to that
	 * @param cause why they were not
	 */
	TurnFailed(BatchTurn turn, List<BatchRow> rows, Throwable cause) {
		super("Rows of batch " + turn.batch().id() + " cannot be decided now", cause);
		this.turn = turn;
		this.rows = List.copyOf(rows);
	}

	/** Whose turn it was. */
	BatchTurn turn() {
		return this.turn;
	}

	/** Which rows were to be decided, none if it did not come to that. */
	List<BatchRow> rows() {
		return this.rows;
	}

}
