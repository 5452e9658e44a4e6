package com.banqup.invitations.outbox;

/** What became of a row that was to be sent. */
sealed interface Outcome {

	/** Kafka has acknowledged it. */
	record Published() implements Outcome {
	}

	/**
	 * It cannot be published and is itself at fault.
	 *
	 * @param error why
	 */
	record Rejected(String error) implements Outcome {
	}

	/** It was held back, or nobody knows: it stays and is sent again. */
	record Undecided() implements Outcome {
	}

	Outcome PUBLISHED = new Published();

	Outcome UNDECIDED = new Undecided();

}
