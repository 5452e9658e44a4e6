package com.banqup.invitations.cli.api;

/** Where a batch is. */
public enum BatchState {

	/** The upload has not arrived in full; nothing is sent yet. */
	RECEIVING,
	/** Rows are decided and mails are sent. */
	RUNNING,
	/** Every row is decided and no mail waits. */
	COMPLETED,
	/** Stopped by the partner. */
	CANCELLED,
	/** Nothing of it will be done. */
	FAILED,
	/** A state that this version of the program does not know. */
	UNKNOWN;

	static BatchState of(String name) {
		for (BatchState state : values()) {
			if (state.name().equals(name)) {
				return state;
			}
		}
		return UNKNOWN;
	}

	/** Whether nothing will change it any more. */
	public boolean isFinal() {
		return this == COMPLETED || this == CANCELLED || this == FAILED;
	}

}
