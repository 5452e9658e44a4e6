package com.banqup.invitations.outbox;

/**
 * A row cannot be published, and the row itself is at fault: it cannot be decoded, its
 * schema is refused, it is too large. Trying it again soon will hardly help.
 */
final class RowRejected extends Exception {

	private static final long serialVersionUID = 1L;

	RowRejected(String message) {
		super(message);
	}

	RowRejected(String message, Throwable cause) {
		super(message + ": " + cause.getMessage(), cause);
	}

}
