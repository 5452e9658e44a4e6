package com.banqup.invitations.api.partnerspace.web;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/** There is nothing to read about the Partner Space yet. */
class PartnerSpaceNotNamed extends RuntimeException {

	private static final long serialVersionUID = 1L;

	PartnerSpaceNotNamed(PartnerSpaceId id) {
		super("Partner Space " + id + " has no name");
	}

}
