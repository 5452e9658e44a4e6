package com.banqup.invitations.api.invitation;

import java.util.UUID;

/**
 * Identifies an invitation; stays the same when it is sent again.
 *
 * @param value the id
 */
public record InvitationId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
