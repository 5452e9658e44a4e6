package com.banqup.invitations.outbox;

import org.jspecify.annotations.Nullable;

/**
 * A row that is still to be published.
 *
 * @param id its place among the rows of its topic and key
 * @param key the record's key
 * @param payload the record in Avro's single-object encoding, in hexadecimal digits
 * @param traceparent the trace that appended it
 * @param attempts how often it was itself at fault so far
 */
record OutboxRow(long id, String key, String payload, @Nullable String traceparent, int attempts) {

	/** How large the record is. */
	int bytes() {
		return this.payload.length() / 2;
	}

}
