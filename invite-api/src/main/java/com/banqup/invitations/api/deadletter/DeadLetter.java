package com.banqup.invitations.api.deadletter;

import java.nio.ByteBuffer;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A record that was passed over, as it stands in Kafka.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param recordedAt its timestamp, which tells it from a record of a topic of the same
 * name
 * @param key its key, null if it has none
 * @param value its bytes, null if it has none
 * @param error why it was passed over, shortened to {@value #MAX_ERROR} characters
 */
public record DeadLetter(String topic, int partition, long offset, Instant recordedAt, @Nullable String key,
		@Nullable ByteBuffer value, String error) {

	/** The most characters of an error that are kept. */
	public static final int MAX_ERROR = 500;

	public DeadLetter {
		error = error.replace('\u0000', ' ');
		error = error.substring(0, Math.min(error.length(), MAX_ERROR));
		key = (key != null) ? key.replace('\u0000', ' ') : null;
	}

	/** The record's bytes may be about anybody: they are not for logs. */
	@Override
	public String toString() {
		return this.topic + "-" + this.partition + "@" + this.offset;
	}

}
