package com.banqup.invitations.api.client;

/** Whether a client is linked to the Partner Space. */
public enum ClientStatus {

	/** Not linked: can be invited. */
	INACTIVE,

	/** Linked: the partner has access. */
	ACTIVE

}
