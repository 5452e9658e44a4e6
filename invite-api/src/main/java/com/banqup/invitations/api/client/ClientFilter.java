package com.banqup.invitations.api.client;

import org.jspecify.annotations.Nullable;

/**
 * Which clients to list.
 *
 * @param status only those of this status; null for all
 * @param search only those with this text in name, address or external reference,
 * whatever the case and accents; null for all
 */
public record ClientFilter(@Nullable ClientStatus status, @Nullable String search) {
}
