package com.banqup.invitations.dispatch.lag;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How far a group is behind in a partition.
 *
 * @param partition which group, where
 * @param records how many records it has not settled
 * @param firstOpenAt the first one's time, null when there is none or it could not be
 * read
 */
public record PartitionLag(GroupPartition partition, long records, @Nullable Instant firstOpenAt) {

	/**
	 * For how long the first record has been waiting, 0 when there is none, not a number
	 * when it is not known.
	 */
	double secondsBehind(Instant now) {
		if (this.firstOpenAt == null) {
			return (this.records > 0) ? Double.NaN : 0;
		}
		return Math.max(0, Duration.between(this.firstOpenAt, now).toMillis() / 1000.0);
	}

	/**
	 * A partition as one group reads it.
	 *
	 * @param group the consumer group
	 * @param topic the topic
	 * @param partition the partition's number
	 */
	public record GroupPartition(String group, String topic, int partition) {
	}

}
