package com.banqup.invitations.outbox;

import java.time.Instant;

/**
 * A record that could not be published and waits for an operator.
 *
 * @param id names it
 * @param topic its topic
 * @param key its key
 * @param error why it could not be published, the last time
 * @param attempts how often it was tried
 * @param appendedAt when it was appended
 * @param parkedAt since when it waits
 */
public record ParkedMessage(long id, String topic, String key, String error, int attempts, Instant appendedAt,
		Instant parkedAt) {
}
