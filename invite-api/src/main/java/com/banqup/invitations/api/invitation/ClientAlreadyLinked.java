package com.banqup.invitations.api.invitation;

import com.banqup.invitations.api.client.ClientId;

/** The client is linked, there is nothing to invite it to. */
public class ClientAlreadyLinked extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ClientAlreadyLinked(ClientId id) {
		super("Client " + id + " is linked");
	}

}
