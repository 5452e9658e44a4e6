package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * The right to attempt deliveries, for a time. Only one holds a delivery at a time, so
 * two dispatchers never send the same mail; if the holder dies, time frees it.
 *
 * @param id a new one for every batch
 * @param now when it was made
 * @param until when others may take over
 */
public record Claim(UUID id, Instant now, Instant until) {
}
