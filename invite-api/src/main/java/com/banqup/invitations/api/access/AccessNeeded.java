package com.banqup.invitations.api.access;

/** What a request wants to do in a Partner Space. */
public enum AccessNeeded {

	/** Read. */
	LOOK,

	/** Change clients, templates and invitations. */
	CHANGE,

	/** Change the Partner Space itself. */
	ADMINISTER

}
