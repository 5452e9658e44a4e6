package com.banqup.invitations.acceptance.link;

import java.time.Instant;
import java.util.UUID;

/**
 * The outcome of accepting: the same each time the same account asks for it.
 *
 * @param linkId the link between the two spaces
 * @param businessSpaceId the Business Space that was linked
 * @param consentId the record of what was agreed to
 * @param acceptedAt when it was agreed to
 */
public record Accepted(UUID linkId, UUID businessSpaceId, UUID consentId, Instant acceptedAt) {
}
