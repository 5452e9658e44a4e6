package com.banqup.invitations.api.batch;

import java.util.UUID;

/**
 * Which batch.
 *
 * @param value the id
 */
public record BatchId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
