package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the outbox and its relay.
 *
 * @param enabled whether this process takes part in relaying; appending works either way
 * @param batchSize how many rows of a topic are read, sent and deleted together: the most
 * records that are in flight for a topic
 * @param batchBytes the most bytes of payload that are read together (a single row may be
 * larger)
 * @param maxPayload the largest record that can be appended; below the topics'
 * {@code max.message.bytes}
 * @param pollInterval how often the table is looked at without being woken up
 * @param gatherTime how long after a look at the table the next one waits, so that the
 * rows of a moment are read, sent and deleted together; what comes after a longer silence
 * is looked at immediately
 * @param takeoverInterval how often a relay that stands by tries to become the active one
 * @param maxAttempts how often a row that itself is at fault is tried before it is parked
 * @param suspectsPerBatch how many rows that were at fault are tried again, each alone,
 * between two batches
 * @param backoff pauses after failures
 * @param sendTimeout how long a batch may wait for its acknowledgements before it is
 * given up and tried again
 * @param statementTimeout how long the database may take for a statement of the relay
 * before its connection is given up
 * @param shutdownTimeout how long a stop waits for what is in flight
 * @param sampleInterval how often the metrics of the table are taken
 * @param startupTimeout how long the start waits for a database that gives no connection
 * yet
 */
@Validated
@ConfigurationProperties("outbox")
public record OutboxProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("2000") @Min(1) @Max(10_000) int batchSize, @DefaultValue("8MB") @NotNull DataSize batchBytes,
		@DefaultValue("900KB") @NotNull DataSize maxPayload, @DefaultValue("1s") @NotNull Duration pollInterval,
		@DefaultValue("50ms") @NotNull Duration gatherTime, @DefaultValue("1s") @NotNull Duration takeoverInterval,
		@DefaultValue("8") @Min(1) @Max(100) int maxAttempts,
		@DefaultValue("20") @Min(1) @Max(1_000) int suspectsPerBatch, @DefaultValue @NotNull @Valid Backoff backoff,
		@DefaultValue("30s") @NotNull Duration sendTimeout, @DefaultValue("10s") @NotNull Duration statementTimeout,
		@DefaultValue("10s") @NotNull Duration shutdownTimeout, @DefaultValue("15s") @NotNull Duration sampleInterval,
		@DefaultValue("1m") @NotNull Duration startupTimeout) {

	public OutboxProperties {
		requirePositive("outbox.batch-bytes", batchBytes);
		requirePositive("outbox.max-payload", maxPayload);
		requirePositive("outbox.poll-interval", pollInterval);
		if (gatherTime.isNegative() || gatherTime.compareTo(pollInterval) > 0) {
			throw new IllegalArgumentException("outbox.gather-time: " + gatherTime
					+ " (expected: 0 .. outbox.poll-interval, " + pollInterval + ")");
		}
		requirePositive("outbox.takeover-interval", takeoverInterval);
		requirePositive("outbox.send-timeout", sendTimeout);
		requirePositive("outbox.statement-timeout", statementTimeout);
		requirePositive("outbox.shutdown-timeout", shutdownTimeout);
		requirePositive("outbox.sample-interval", sampleInterval);
		requirePositive("outbox.startup-timeout", startupTimeout);
	}

	private static void requirePositive(String name, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
		}
	}

	private static void requirePositive(String name, DataSize value) {
		if (value.toBytes() <= 0) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: more than 0)");
		}
	}

	/**
	 * Pauses that double from the shorter to the longer, with jitter.
	 *
	 * @param min the pause after the first failure
	 * @param max the longest pause
	 */
	public record Backoff(@DefaultValue("200ms") @NotNull Duration min, @DefaultValue("15s") @NotNull Duration max) {

		public Backoff {
			requirePositive("outbox.backoff.min", min);
			if (max.compareTo(min) < 0) {
				throw new IllegalArgumentException(
						"outbox.backoff.max: " + max + " (expected: at least outbox.backoff.min, " + min + ")");
			}
		}

		/**
		 * The pause after a failure: half to all of the doubled one.
		 * @param failuresBefore how many failures there were before this one
		 */
		Duration pause(int failuresBefore) {
			double doubled = this.min.toMillis() * Math.pow(2, Math.min(failuresBefore, 30));
			double longest = Math.min(doubled, this.max.toMillis());
			return Duration.ofMillis(Math.round(longest * ThreadLocalRandom.current().nextDouble(0.5, 1)));
		}

	}

}
