package com.banqup.invitations.api.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, as it is kept and repeated.
 *
 * @param status its HTTP status
 * @param location its Location header, null if it has none
 * @param body its body, JSON
 */
public record Answer(int status, @Nullable String location, String body) {
}
