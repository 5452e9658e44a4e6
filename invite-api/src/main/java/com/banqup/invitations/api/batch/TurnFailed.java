package com.banqup.invitations.api.batch;

/** A chunk could not be decided, and nothing was done. */
class TurnFailed extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient BatchTurn turn;

	TurnFailed(BatchTurn turn, Throwable cause) {
		super("Rows of batch " + turn.batch().id() + " cannot be decided now", cause);
		this.turn = turn;
	}

	/** Whose turn it was. */
	BatchTurn turn() {
		return this.turn;
	}

	/** How many turns in a row have failed now. */
	int failures() {
		return this.turn.failures() + 1;
	}

}
