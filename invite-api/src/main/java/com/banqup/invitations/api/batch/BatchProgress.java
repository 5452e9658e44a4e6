package com.banqup.invitations.api.batch;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A batch and its counts as of a time.
 *
 * @param batch the batch
 * @param counts its counts
 * @param at as of when
 */
public record BatchProgress(InvitationBatch batch, BatchCounts counts, Instant at) {

	/**
	 * How many rows a second came to their end since it runs, or runs again; null before
	 * and while it waits for another day.
	 */
	public @Nullable Double rate() {
		Instant since = this.batch.runningSince();
		if (since == null || this.batch.pacedUntil() != null) {
			return null;
		}
		Instant until = (this.batch.endedAt() != null) ? this.batch.endedAt() : this.at;
		double seconds = Math.max(Duration.between(since, until).toMillis(), 1) / 1000.0;
		// The counts are read after the batch: mails that are sent again can be in them
		// only.
		return Math.max(this.counts.settled() - this.batch.settledBefore(), 0) / seconds;
	}

	/**
	 * When the rest will be done if it goes on like this, null when that cannot be said.
	 */
	public @Nullable Instant estimatedEnd() {
		Double rate = rate();
		if (this.batch.state() != BatchState.RUNNING || rate == null || rate <= 0) {
			return null;
		}
		return this.at.plusMillis(Math.round(this.counts.unsettled() / rate * 1000));
	}

}
