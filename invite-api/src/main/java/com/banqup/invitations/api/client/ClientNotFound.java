package com.banqup.invitations.api.client;

/** The Partner Space has no such client. */
public class ClientNotFound extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ClientNotFound(ClientId id) {
		super("No client " + id);
	}

}
