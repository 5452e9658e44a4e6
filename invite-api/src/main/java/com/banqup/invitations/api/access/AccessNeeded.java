package com.banqup.invitations.api.access;

/** What a request wants to do in a Partner Space. */
public enum AccessNeeded {

	/** Read. */
	LOOK,

	/** Change the Partner Space's name, clients, templates and invitations. */
	CHANGE

}
