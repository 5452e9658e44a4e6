package com.banqup.invitations.api.idempotency.web;

/** The Idempotency-Key header holds no key. */
class InvalidIdempotencyKey extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidIdempotencyKey() {
		super("Invalid Idempotency-Key");
	}

}
