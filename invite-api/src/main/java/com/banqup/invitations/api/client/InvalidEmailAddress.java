package com.banqup.invitations.api.client;

/** The text is no address that mail can be sent to. The message does not repeat it. */
public class InvalidEmailAddress extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	InvalidEmailAddress(String message) {
		super(message);
	}

}
