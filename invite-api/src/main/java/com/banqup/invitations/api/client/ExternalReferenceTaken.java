package com.banqup.invitations.api.client;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/** Another client of the Partner Space has this external reference. */
public class ExternalReferenceTaken extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public ExternalReferenceTaken(PartnerSpaceId partnerSpaceId) {
		super("External reference taken in Partner Space " + partnerSpaceId);
	}

}
