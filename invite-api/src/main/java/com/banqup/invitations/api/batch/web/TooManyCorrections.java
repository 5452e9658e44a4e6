package com.banqup.invitations.api.batch.web;

/** More corrected rows than one request can bring. */
class TooManyCorrections extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int max;

	TooManyCorrections(int max) {
		super("More than " + max + " corrected rows");
		this.max = max;
	}

	/** How many it can bring. */
	int max() {
		return this.max;
	}

}
