package com.banqup.invitations.api.partnerspace;

/** The Partner Space has no name yet, so no mail can say who invites. */
public class PartnerSpaceWithoutName extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public PartnerSpaceWithoutName(PartnerSpaceId id) {
		super("Partner Space " + id + " has no name");
	}

}
