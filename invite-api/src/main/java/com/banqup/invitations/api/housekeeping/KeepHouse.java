package com.banqup.invitations.api.housekeeping;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchUpkeep;
import com.banqup.invitations.api.idempotency.KeptAnswers;
import com.banqup.invitations.api.invitation.Invitations;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Ends overdue invitations, removes answers that nobody can ask for again and bulks that
 * ended long ago, and brings the counts of the others together. Nothing depends on when
 * it runs: overdue invitations count as expired without it.
 */
@Service
class KeepHouse {

	private final Invitations invitations;

	private final KeptAnswers answers;

	private final BatchUpkeep upkeep;

	private final BatchProperties batchProperties;

	private final HousekeepingProperties properties;

	private final Clock clock;

	KeepHouse(Invitations invitations, KeptAnswers answers, BatchUpkeep upkeep, BatchProperties batchProperties,
			HousekeepingProperties properties, Clock clock) {
		this.invitations = invitations;
		this.answers = answers;
		this.upkeep = upkeep;
		this.batchProperties = batchProperties;
		this.properties = properties;
		this.clock = clock;
	}

	/** One round, batch by batch until nothing is left; gives how many rows it took. */
	Mono<Long> round() {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> untilDone(() -> expire(now))
				.flatMap((expired) -> untilDone(() -> removeAnswers(now)).map((removed) -> expired + removed))
				.flatMap((rows) -> removeBatches(now).map((removed) -> rows + removed))
				.flatMap((rows) -> untilDone(this::foldCounts).map((folded) -> rows + folded)));
	}

	/** Until nothing is left: batches are removed one by one. */
	private Mono<Long> removeBatches(Instant now) {
		return Mono
			.defer(() -> this.upkeep.removeEnded(now.minus(this.batchProperties.retention()),
					this.properties.batchSize()))
			.repeat()
			.takeUntil((rows) -> rows == 0)
			.reduce(0L, Long::sum);
	}

	private Mono<Long> untilDone(Supplier<Mono<Long>> batch) {
		return Mono.defer(batch).repeat().takeUntil((rows) -> rows < this.properties.batchSize()).reduce(0L, Long::sum);
	}

	private Mono<Long> expire(Instant now) {
		return this.invitations.expireOverdue(now, this.properties.batchSize());
	}

	private Mono<Long> foldCounts() {
		return this.upkeep.foldCounts(this.properties.batchSize());
	}

	private Mono<Long> removeAnswers(Instant now) {
		return this.answers.removeExpired(now, this.properties.batchSize());
	}

}
