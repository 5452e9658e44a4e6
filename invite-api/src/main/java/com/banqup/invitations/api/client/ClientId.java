package com.banqup.invitations.api.client;

import java.util.UUID;

/**
 * Identifies a client within its Partner Space.
 *
 * @param value the id
 */
public record ClientId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
