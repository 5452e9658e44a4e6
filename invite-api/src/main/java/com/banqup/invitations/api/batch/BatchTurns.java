package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The turns in which the rows of running batches are decided, a chunk at a time and a
 * transaction each.
 */
public interface BatchTurns {

	/**
	 * The batch of whoever waited longest, locked; empty if none can go on now. The
	 * Partner Space goes to the end of the line. Rows that are to be invited wait while
	 * more than so many mails of their Partner Space's bulks do.
	 */
	Mono<BatchTurn> takeTurn(Instant now, long lead);

	/**
	 * The batch, which waited for another day, goes on: its rate is counted from now on.
	 */
	Mono<Void> resume(BatchTurn turn, Instant now);

	/** What the chunk holds whose turn it is. */
	Mono<Undecided> undecided(BatchTurn turn);

	/** Which of these clients an earlier row of a dry run named: the row's number. */
	Mono<Map<ClientKey, Integer>> seen(BatchId id, Collection<ClientKey> keys);

	/** Notes which clients rows of a dry run named. */
	Mono<Void> noteSeen(BatchId id, Map<ClientKey, Integer> rows);

	/**
	 * Writes down what became of the turn's rows, and counts it. What is left stays in
	 * the chunk.
	 */
	Mono<Void> record(BatchTurn turn, TurnOutcome outcome);

	/**
	 * The turn's transaction was rolled back: the Partner Space goes to the end of the
	 * line, and the batch waits until it may try again, knowing what failed. False if it
	 * has gone on meanwhile.
	 */
	Mono<Boolean> passOver(BatchTurn turn, TurnFailures failures, Instant now, Instant again);

	/**
	 * The turn's transaction was rolled back once too often: the batch ends with rows
	 * that were not decided, and its key is free. False if it has gone on meanwhile.
	 */
	Mono<Boolean> giveUp(BatchTurn turn, BatchFailure failure, Instant now);

	/**
	 * What a turn brought about.
	 *
	 * @param results what became of the decided rows
	 * @param invited how many invitations are new
	 * @param again of how many rows that had come to their end the clients are mailed
	 * again
	 * @param left what is decided in other turns
	 * @param failures what failed turns have shown about the first of these
	 * @param pacedUntil when it goes on, null if it need not wait for another day
	 * @param day the day
	 * @param invitedToday how many the Partner Space's bulks have invited on it
	 * @param at when
	 */
	record TurnOutcome(List<RowResult> results, long invited, long again, Undecided left, TurnFailures failures,
			@Nullable Instant pacedUntil, LocalDate day, long invitedToday, Instant at) {

		public TurnOutcome {
			results = List.copyOf(results);
		}

	}

}
