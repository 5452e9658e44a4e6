package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/** So many follow batches that there is no room for another one. */
public class TooManyFollowers extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyFollowers(PartnerSpaceId id) {
		super("Too many followers when somebody of Partner Space " + id + " wanted to follow a batch");
	}

}
