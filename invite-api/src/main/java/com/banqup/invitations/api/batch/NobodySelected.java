package com.banqup.invitations.api.batch;

/** None of the Partner Space's clients is as described. */
public class NobodySelected extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NobodySelected() {
		super("No client selected");
	}

}
