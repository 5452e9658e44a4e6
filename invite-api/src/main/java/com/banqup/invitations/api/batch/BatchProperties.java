package com.banqup.invitations.api.batch;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of bulks.
 *
 * @param chunkRows how many rows are stored, and decided, in one transaction
 * @param chunkCharacters how many characters of text make a chunk shorter than that
 * @param uploads how many uploads of a Partner Space this process takes at the same time
 * @param uploadsInAll how many of all Partner Spaces
 * @param abandonedAfter how long a batch whose upload broke waits for the rest
 * @param silentAfter how long a batch waits to hear of a mail, also of one that was put
 * off when the batch is stopped; longer than the topics keep requests
 * @param retention how long a batch that has ended can be read and tried again; then it
 * is removed with what was kept of its rows
 * @param workers how many Partner Spaces' rows this process decides at the same time,
 * each with a connection to the database
 * @param lead how many mails of a Partner Space's bulks can wait for their first attempt
 * while more of its rows are decided
 * @param pollInterval how often it looks for batches when there was nothing to do
 * @param settleInterval how often it looks for batches that have come to their end
 * @param minBackoff the pause after a failure
 * @param maxBackoff the longest pause after failures in a row
 * @param turnFailures how many rows in a row that fail each alone, or how many failures
 * in a row to get at rows, make a batch fail; not those that fail when they are tried
 * again
 * @param failedRows how many rows that fail each alone make it fail, counted since it
 * runs, or runs again
 * @param turnLongestPause the longest pause of a batch between such failures; it begins
 * with the pause after a failure and doubles
 * @param discardedChunks how many chunks of a batch that nobody will decide are removed
 * at a time
 * @param corrections how many corrected rows one request brings at most
 * @param correctionCharacters how many characters these have at most where they can be
 * long
 * @param unusualRows from how many rows on operators are told of a batch
 * @param progressInterval how often those who follow a batch are told of changes
 * @param progressHeartbeat how often they are told that there are none
 * @param progressLongest how long one can follow before one has to come back
 * @param followers how many of a Partner Space can follow batches at the same time
 * @param followersInAll how many of all Partner Spaces
 * @param exportPage how many rows of a streamed list are read at a time
 */
@Validated
@ConfigurationProperties("invite.batches")
public record BatchProperties(@DefaultValue("1000") @Min(1) @Max(10_000) int chunkRows,
		@DefaultValue("1000000") @Min(1_000) @Max(10_000_000) int chunkCharacters,
		@DefaultValue("2") @Min(1) @Max(100) int uploads, @DefaultValue("8") @Min(1) @Max(100) int uploadsInAll,
		@DefaultValue("24h") @NotNull Duration abandonedAfter, @DefaultValue("8d") @NotNull Duration silentAfter,
		@DefaultValue("90d") @NotNull Duration retention, @DefaultValue("2") @Min(1) @Max(16) int workers,
		@DefaultValue("20000") @Min(1_000) @Max(10_000_000) int lead,
		@DefaultValue("300ms") @NotNull Duration pollInterval, @DefaultValue("500ms") @NotNull Duration settleInterval,
		@DefaultValue("500ms") @NotNull Duration minBackoff, @DefaultValue("10s") @NotNull Duration maxBackoff,
		@DefaultValue("12") @Min(2) @Max(100) int turnFailures,
		@DefaultValue("1000") @Min(1) @Max(100_000) int failedRows,
		@DefaultValue("5m") @NotNull Duration turnLongestPause,
		@DefaultValue("100") @Min(1) @Max(10_000) int discardedChunks,
		@DefaultValue("10000") @Min(1) @Max(100_000) int corrections,
		@DefaultValue("4000000") @Min(100_000) @Max(100_000_000) int correctionCharacters,
		@DefaultValue("50000") @Min(1) int unusualRows, @DefaultValue("500ms") @NotNull Duration progressInterval,
		@DefaultValue("15s") @NotNull Duration progressHeartbeat,
		@DefaultValue("30m") @NotNull Duration progressLongest, @DefaultValue("50") @Min(1) @Max(1_000) int followers,
		@DefaultValue("500") @Min(1) @Max(10_000) int followersInAll,
		@DefaultValue("1000") @Min(1) @Max(10_000) int exportPage) {

	public BatchProperties {
		requirePositive("abandoned-after", abandonedAfter);
		requirePositive("silent-after", silentAfter);
		requirePositive("retention", retention);
		requirePositive("poll-interval", pollInterval);
		requirePositive("settle-interval", settleInterval);
		requirePositive("min-backoff", minBackoff);
		requirePositive("progress-interval", progressInterval);
		requirePositive("progress-heartbeat", progressHeartbeat);
		requirePositive("progress-longest", progressLongest);
		if (maxBackoff.compareTo(minBackoff) < 0) {
			throw new IllegalArgumentException("invite.batches.max-backoff: " + maxBackoff
					+ " (expected: at least min-backoff, " + minBackoff + ")");
		}
		if (turnLongestPause.compareTo(minBackoff) < 0) {
			throw new IllegalArgumentException("invite.batches.turn-longest-pause: " + turnLongestPause
					+ " (expected: at least min-backoff, " + minBackoff + ")");
		}
		requireAtLeast("uploads-in-all", uploadsInAll, "uploads", uploads);
		requireAtLeast("followers-in-all", followersInAll, "followers", followers);
	}

	private static void requireAtLeast(String name, int value, String other, int least) {
		if (value < least) {
			throw new IllegalArgumentException(
					"invite.batches." + name + ": " + value + " (expected: at least " + other + ", " + least + ")");
		}
	}

	private static void requirePositive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException("invite.batches." + name + ": " + value + " (expected: more than 0)");
		}
	}

}
