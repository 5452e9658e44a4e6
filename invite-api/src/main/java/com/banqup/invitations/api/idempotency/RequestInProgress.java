package com.banqup.invitations.api.idempotency;

/** The same request is being carried out at this moment. */
public class RequestInProgress extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RequestInProgress() {
		super("A request with this Idempotency-Key is in progress");
	}

}
