package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Duration;

import com.banqup.invitations.outbox.database.AboutTheData;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Passes over batches whose rows cannot be decided, so that all others go on: such a
 * batch pauses and tries fewer rows, until one fails alone, which is left out then. It is
 * given up after so many such rows, or when it does not even come to its rows; but never
 * because the database is away: that passes.
 */
@Component
class FailedTurns {

	private static final Logger log = LoggerFactory.getLogger(FailedTurns.class);

	private final BatchTurns turns;

	private final BatchProperties properties;

	private final Counter failed;

	private final Counter leftOut;

	private final Counter givenUp;

	private final Clock clock;

	FailedTurns(BatchTurns turns, BatchProperties properties, MeterRegistry meters, Clock clock) {
		this.turns = turns;
		this.properties = properties;
		// From the start: of a counter that begins with 1, nobody sees that it rose.
		this.failed = meters.counter("invitation.batch.turns.failed");
		this.leftOut = meters.counter("invitation.batch.rows.left.out");
		this.givenUp = meters.counter("invitation.batches.given.up");
		this.clock = clock;
	}

	/** The batch pauses, or has failed. */
	Mono<Void> passOver(TurnFailed failure) {
		this.failed.increment();
		TurnFailures before = failure.turn().failures();
		if (isOfTheDatabase(failure.getCause())) {
			return pauseLonger(failure, before.failed());
		}
		return switch (failure.rows().size()) {
			case 0 -> neverGotThere(failure, before.failed());
			case 1 -> leaveOut(failure, before.failed(failure.rows()));
			default -> pause(failure, before.failed(failure.rows()), this.properties.minBackoff()).then();
		};
	}

	/** Not in the rows, nor in what decides them. */
	private static boolean isOfTheDatabase(@Nullable Throwable cause) {
		return cause != null && (cause instanceof DataAccessException || cause instanceof R2dbcException)
				&& !AboutTheData.is(cause);
	}

	private Mono<Void> neverGotThere(TurnFailed failure, TurnFailures failures) {
		return (failures.turns() < this.properties.turnFailures()) ? pauseLonger(failure, failures)
				: giveUp(failure, failures);
	}

	/**
	 * Every row that fails right after the one before it makes it likelier that it is not
	 * the rows: the pause grows. But rows are decided again because they failed.
	 */
	private Mono<Void> leaveOut(TurnFailed failure, TurnFailures failures) {
		int inARow = failure.turn().again() ? 1 : failures.rowsInARow();
		if (inARow >= this.properties.turnFailures() || failures.rows() > this.properties.failedRows()) {
			return giveUp(failure, failures);
		}
		return pause(failure, failures, growing(inARow)).filter(Boolean::booleanValue)
			.doOnNext((paused) -> tellOfRow(failure))
			.then();
	}

	private Mono<Void> pauseLonger(TurnFailed failure, TurnFailures failures) {
		return pause(failure, failures, growing(failures.turns())).then();
	}

	/** False if the batch has gone on meanwhile. */
	private Mono<Boolean> pause(TurnFailed failure, TurnFailures failures, Duration pause) {
		log.warn("{}, {} together, after {} turns in a row; again in {}: {}", failure.getMessage(),
				failure.rows().size(), failures.turns(), pause,
				NestedExceptionUtils.getMostSpecificCause(failure).toString());
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.turns.passOver(failure.turn(), failures, now, now.plus(pause)));
	}

	private Duration growing(int failures) {
		Duration pause = this.properties.minBackoff();
		for (int i = 1; i < failures && pause.compareTo(this.properties.turnLongestPause()) < 0; i++) {
			pause = pause.multipliedBy(2);
		}
		return (pause.compareTo(this.properties.turnLongestPause()) < 0) ? pause : this.properties.turnLongestPause();
	}

	private void tellOfRow(TurnFailed failure) {
		InvitationBatch batch = failure.turn().batch();
		log.error("Row {} of batch {} of Partner Space {} cannot be decided, and is left out",
				failure.rows().getFirst().number(), batch.id(), batch.partnerSpaceId(), failure);
		this.leftOut.increment();
	}

	private Mono<Void> giveUp(TurnFailed failure, TurnFailures failures) {
		return Mono.defer(() -> this.turns.giveUp(failure.turn(), BatchFailure.ROWS_NOT_DECIDED, this.clock.instant()))
			.filter(Boolean::booleanValue)
			.doOnNext((given) -> tellOfBatch(failure, failures))
			.then();
	}

	private void tellOfBatch(TurnFailed failure, TurnFailures failures) {
		InvitationBatch batch = failure.turn().batch();
		log.error("Gave up batch {} of Partner Space {} after {} turns in a row failed, and {} rows alone", batch.id(),
				batch.partnerSpaceId(), failures.turns(), failures.rows(), failure);
		this.givenUp.increment();
	}

}
