package com.banqup.invitations.api.batch.web;

/** More corrected rows than one request can bring. */
class TooManyCorrections extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String most;

	TooManyCorrections(String most) {
		super("More than " + most);
		this.most = most;
	}

	/** What it can bring. */
	String most() {
		return this.most;
	}

}
