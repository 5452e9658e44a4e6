package com.banqup.invitations.api.batch;

/** How far a batch is. */
public enum BatchState {

	/** Rows are still coming; nobody has been invited. */
	RECEIVING,

	/** All rows are here; rows are decided and mails are on their way. */
	RUNNING,

	/** Every row is decided, and none of its mails waits for its first attempt. */
	COMPLETED,

	/** The partner stopped it; nothing of it waits any more. */
	CANCELLED,

	/** Its rows did not all come, were too many, or could not be decided. */
	FAILED;

	/** Whether it goes on. */
	public boolean isOpen() {
		return this == RECEIVING || this == RUNNING;
	}

}
