package com.banqup.invitations.api.client;

import java.time.Instant;
import java.util.UUID;

/**
 * The client's latest invitation at a glance, in the words of the invitation feature.
 *
 * @param id which one
 * @param state whether it can still be accepted
 * @param generation how often it was sent
 * @param delivery what became of the latest mail
 * @param progress how far the client got
 * @param expiresAt until when it can be accepted
 */
public record ClientInvitation(UUID id, String state, int generation, String delivery, String progress,
		Instant expiresAt) {
}
