package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mails are delivered.
 *
 * @param startBudget mails of a batch that are not started within this time go back; so a
 * slow relay never makes a batch last longer than this and one mail
 * @param mailTimeout a mail without an answer within this time has failed for now; more
 * than the gateway's own limits, which should strike first
 * @param recordTimeout time for the ledger around the mails
 * @param recordAfter how long the outcome of a mail waits for others to be recorded with;
 * a kill repeats what was sent and is not recorded
 * @param recordConcurrency how many lots of outcomes of a batch are recorded at a time:
 * few, so that no batch takes the database's connections from the others
 * @param interactive budget for the requests that somebody waits for
 * @param bulk budget for the requests of bulks
 */
@Validated
@ConfigurationProperties("dispatch.delivery")
public record DeliveryProperties(@DefaultValue("5s") @NotNull Duration startBudget,
		@DefaultValue("95s") @NotNull Duration mailTimeout, @DefaultValue("10s") @NotNull Duration recordTimeout,
		@DefaultValue("250ms") @NotNull Duration recordAfter, @DefaultValue("2") @Positive int recordConcurrency,
		@NotNull @Valid LaneProperties interactive, @NotNull @Valid LaneProperties bulk) {

	public DeliveryProperties {
		requirePositive("start-budget", startBudget);
		requirePositive("mail-timeout", mailTimeout);
		requirePositive("record-timeout", recordTimeout);
		requirePositive("record-after", recordAfter);
	}

	private static void requirePositive(String property, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.delivery.%s: %s (expected: more than nothing)".formatted(property, value));
		}
	}

	/** The most mails of both lanes at a time. */
	int concurrency() {
		return this.interactive.consumers() * this.interactive.concurrency()
				+ this.bulk.consumers() * this.bulk.concurrency();
	}

	/**
	 * How long others leave a claimed delivery alone: as long as its holder can be at it.
	 */
	Duration claimTime() {
		return this.startBudget.plus(this.mailTimeout).plus(this.recordTimeout);
	}

	/**
	 * The longest that a batch can take, with its visits to the ledger: for what is left
	 * from earlier ones, for the claim, for the outcomes, for dead letters.
	 */
	public Duration batchTimeout() {
		return this.startBudget.plus(this.mailTimeout).plus(this.recordTimeout.multipliedBy(4));
	}

	/**
	 * The budget of one kind of requests.
	 *
	 * @param consumers threads that consume, at most as many as there are partitions
	 * @param batchSize requests taken at a time by each of them
	 * @param chunkSize requests of a batch that are claimed, and the most whose outcomes
	 * are recorded, at a time
	 * @param concurrency mails sent at a time by each of them
	 */
	public record LaneProperties(@Positive int consumers, @Positive int batchSize,
			@DefaultValue("250") @Positive int chunkSize, @Positive int concurrency) {
	}

}
