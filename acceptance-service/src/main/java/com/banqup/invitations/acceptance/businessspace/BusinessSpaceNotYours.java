package com.banqup.invitations.acceptance.businessspace;

import java.util.UUID;

/** The account has no such Business Space; whether somebody else has it stays open. */
public class BusinessSpaceNotYours extends RuntimeException {

	public BusinessSpaceNotYours(UUID id) {
		super("business space: %s (expected: one of the account's)".formatted(id), null, false, false);
	}

}
