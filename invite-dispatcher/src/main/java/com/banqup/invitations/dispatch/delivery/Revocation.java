package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * The partner does not want this invitation any more: none of its mails that are not sent
 * yet is to be sent, not even those that are asked for later.
 *
 * @param invitationId the invitation
 * @param requestedAt when the partner asked for it
 */
public record Revocation(UUID invitationId, Instant requestedAt) {
}
