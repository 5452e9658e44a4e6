package com.banqup.invitations.acceptance.invitation;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message that nothing can be learned from.
 *
 * @param topic where it was found
 * @param partition within the topic
 * @param offset within the partition
 * @param timestamp of the record, in Kafka's milliseconds: a topic that is made anew uses
 * its offsets again
 * @param key what it is about, null when it does not say
 * @param content its bytes as they came
 * @param reason what kind of unusable it is
 * @param error what was wrong, at most 1,000 characters of it
 */
public record UnusableRequest(String topic, int partition, long offset, long timestamp, @Nullable String key,
		byte[] content, String reason, String error) {

	private static final int MAX_ERROR = 1000;

	/** It may quote the record, or the registry's answer. */
	public UnusableRequest {
		error = error.substring(0, Math.min(error.length(), MAX_ERROR));
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof UnusableRequest that && this.topic.equals(that.topic)
				&& this.partition == that.partition && this.offset == that.offset && this.timestamp == that.timestamp
				&& Objects.equals(this.key, that.key) && Arrays.equals(this.content, that.content)
				&& this.reason.equals(that.reason) && this.error.equals(that.error);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.topic, this.partition, this.offset);
	}

	@Override
	public String toString() {
		return "%s-%d@%d: %s".formatted(this.topic, this.partition, this.offset, this.reason);
	}

}
