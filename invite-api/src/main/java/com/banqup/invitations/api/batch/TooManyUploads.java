package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/** So many uploads are in progress that there is no room for another one. */
public class TooManyUploads extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyUploads(PartnerSpaceId id) {
		super("Too many uploads when Partner Space " + id + " began another one");
	}

}
