package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.UUID;

/** A partner's command to end an invitation. */
public record Revocation(UUID invitationId, UUID partnerSpaceId, UUID clientId, Instant requestedAt) {
}
