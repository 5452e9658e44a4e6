package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A generation of an invitation as the partner asked for it. Permissions and language are
 * kept as codes, so that one that is newer than this service survives an upgrade of it.
 */
public record RequestedInvitation(UUID id, int generation, UUID partnerSpaceId, String partnerName, UUID clientId,
		String clientName, String language, List<String> permissions, Instant requestedAt, Instant expiresAt) {

	public RequestedInvitation {
		permissions = List.copyOf(permissions);
	}

	@Override
	public String toString() {
		return "RequestedInvitation[%s generation %d]".formatted(this.id, this.generation);
	}

}
