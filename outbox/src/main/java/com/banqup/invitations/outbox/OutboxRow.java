package com.banqup.invitations.outbox;

import org.jspecify.annotations.Nullable;

/**
 * A row that is still to be published.
 *
 * @param id its place among the rows of its topic and key
 * @param key the record's key
 * @param payload the record in Avro's single-object encoding
 * @param traceparent the trace that appended it
 * @param attempts how often it was itself at fault so far
 */
record OutboxRow(long id, String key, byte[] payload, @Nullable String traceparent, int attempts) {
}
