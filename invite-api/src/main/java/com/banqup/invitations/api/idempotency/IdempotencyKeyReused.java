package com.banqup.invitations.api.idempotency;

/** The key was used for a request with another body. */
public class IdempotencyKeyReused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	IdempotencyKeyReused() {
		super("Idempotency-Key used before with another body");
	}

}
