package com.banqup.invitations.acceptance.invitation;

/** How far a client got, in order. Each is an explicit act: a mere GET is no step. */
public enum ProgressStep {

	/** Chose to continue from the page that the link opens. */
	OPENED,

	/** Logged in or registered. */
	SIGNED_IN,

	/** Chose or created a Business Space. */
	SPACE_CHOSEN,

	/** Confirmed granting access: the spaces are linked. */
	CONFIRMED;

	/** The step's place in the order, from 1; 0 means that none was taken. */
	public int rank() {
		return ordinal() + 1;
	}

}
