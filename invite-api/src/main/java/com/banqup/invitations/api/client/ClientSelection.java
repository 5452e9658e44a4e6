package com.banqup.invitations.api.client;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Which of the Partner Space's clients are meant: those that meet all that is said.
 *
 * @param status only those of this status; null for all
 * @param neverInvited only those that were never invited
 * @param createdBefore only those added before; null for all
 * @param templateId only those whose latest invitation is by this configuration template;
 * null for all
 * @param search only those with this text in name, address or external reference,
 * whatever the case and accents; null for all
 */
public record ClientSelection(@Nullable ClientStatus status, boolean neverInvited, @Nullable Instant createdBefore,
		@Nullable UUID templateId, @Nullable String search) {
}
