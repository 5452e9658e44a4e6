package com.banqup.invitations.api.batch.web;

import com.banqup.invitations.api.batch.BatchRow;

/** More corrected rows than one request can bring. */
class TooManyCorrections extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String most;

	private final int row;

	private final int line;

	TooManyCorrections(String most, BatchRow tooMany) {
		super("More than " + most);
		this.most = most;
		this.row = tooMany.number();
		this.line = tooMany.line();
	}

	/** What it can bring. */
	String most() {
		return this.most;
	}

	/** The first row too many, 1 for the first one that was sent. */
	int row() {
		return this.row;
	}

	/** The line it starts at, 1 for the first. */
	int line() {
		return this.line;
	}

}
