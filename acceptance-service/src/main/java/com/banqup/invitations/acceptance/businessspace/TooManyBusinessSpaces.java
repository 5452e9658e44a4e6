package com.banqup.invitations.acceptance.businessspace;

/** The account has created as many Business Spaces as it can. */
public class TooManyBusinessSpaces extends RuntimeException {

	public TooManyBusinessSpaces() {
		super("business spaces of the account: %1$d (expected: below %1$d)".formatted(BusinessSpaces.LIMIT), null,
				false, false);
	}

}
