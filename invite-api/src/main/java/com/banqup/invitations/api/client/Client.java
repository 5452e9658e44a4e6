package com.banqup.invitations.api.client;

import java.time.Instant;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import org.jspecify.annotations.Nullable;

/**
 * A client of a Partner Space.
 *
 * @param id which one
 * @param partnerSpaceId whose client
 * @param details what the partner recorded
 * @param status linked or not
 * @param createdAt when it was added
 * @param updatedAt when it last changed
 * @param activeSince when it was linked, null while it is not
 */
public record Client(ClientId id, PartnerSpaceId partnerSpaceId, ClientDetails details, ClientStatus status,
		Instant createdAt, Instant updatedAt, @Nullable Instant activeSince) {

	/** A client that was just added. */
	public static Client added(ClientId id, PartnerSpaceId partnerSpaceId, ClientDetails details, Instant at) {
		return new Client(id, partnerSpaceId, details, ClientStatus.INACTIVE, at, at, null);
	}

	/** The client with other details. */
	public Client changed(ClientDetails changed, Instant at) {
		return new Client(this.id, this.partnerSpaceId, changed, this.status, this.createdAt, at, this.activeSince);
	}

}
