package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.businessspace.BusinessSpace;

/**
 * A Business Space to choose.
 *
 * @param detail what tells it apart from one with the same name: number and country
 */
public record SpaceChoice(String id, String name, String detail) {

	static SpaceChoice of(BusinessSpace space) {
		String number = (space.vatNumber() != null) ? space.vatNumber() : space.registrationNumber();
		return new SpaceChoice(space.id().toString(), space.name(),
				(number != null) ? number + " · " + space.country() : space.country());
	}

}
