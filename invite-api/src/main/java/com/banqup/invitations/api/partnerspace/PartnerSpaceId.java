package com.banqup.invitations.api.partnerspace;

import java.util.UUID;

/**
 * Identifies a Partner Space.
 *
 * @param value the id
 */
public record PartnerSpaceId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
