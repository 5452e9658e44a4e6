package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Duration;

import com.banqup.invitations.outbox.database.AboutTheData;
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
 * batch pauses, longer after each failure, and is given up after so many in a row, but
 * never because the database is away: that passes.
 */
@Component
class FailedTurns {

	private static final Logger log = LoggerFactory.getLogger(FailedTurns.class);

	private final BatchTurns turns;

	private final BatchProperties properties;

	private final MeterRegistry meters;

	private final Clock clock;

	FailedTurns(BatchTurns turns, BatchProperties properties, MeterRegistry meters, Clock clock) {
		this.turns = turns;
		this.properties = properties;
		this.meters = meters;
		this.clock = clock;
	}

	/** The batch pauses, or has failed. */
	Mono<Void> passOver(TurnFailed failure) {
		this.meters.counter("invitation.batch.turns.failed").increment();
		return (failure.failures() < this.properties.turnFailures() || isOfTheDatabase(failure.getCause()))
				? pause(failure) : giveUp(failure);
	}

	/** Not in the rows, nor in what decides them. */
	private static boolean isOfTheDatabase(@Nullable Throwable cause) {
		return cause != null && (cause instanceof DataAccessException || cause instanceof R2dbcException)
				&& !AboutTheData.is(cause);
	}

	private Mono<Void> pause(TurnFailed failure) {
		Duration pause = pause(failure.failures());
		log.warn("{}, {} times in a row; again in {}: {}", failure.getMessage(), failure.failures(), pause,
				NestedExceptionUtils.getMostSpecificCause(failure).toString());
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.turns.passOver(failure.turn(), now, now.plus(pause)));
	}

	private Duration pause(int failures) {
		Duration pause = this.properties.minBackoff();
		for (int i = 1; i < failures && pause.compareTo(this.properties.turnLongestPause()) < 0; i++) {
			pause = pause.multipliedBy(2);
		}
		return (pause.compareTo(this.properties.turnLongestPause()) < 0) ? pause : this.properties.turnLongestPause();
	}

	private Mono<Void> giveUp(TurnFailed failure) {
		return Mono.defer(() -> this.turns.giveUp(failure.turn(), BatchFailure.ROWS_NOT_DECIDED, this.clock.instant()))
			.filter(Boolean::booleanValue)
			.doOnNext((given) -> tellOperators(failure))
			.then();
	}

	private void tellOperators(TurnFailed failure) {
		InvitationBatch batch = failure.turn().batch();
		log.error("Gave up batch {} of Partner Space {} after {} turns in a row failed", batch.id(),
				batch.partnerSpaceId(), failure.failures(), failure);
		this.meters.counter("invitation.batches.given.up").increment();
	}

}
