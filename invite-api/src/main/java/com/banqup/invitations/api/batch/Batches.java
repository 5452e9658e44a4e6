package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The batches of all Partner Spaces. */
public interface Batches {

	/**
	 * The batch that uploads with this key bring, taken over from whatever upload brought
	 * it before; empty if there is none. Errors with {@link UploadDiffers} if it is on
	 * other terms, or selected other clients.
	 */
	Mono<Taken> takeOver(BatchUpload upload, String idempotencyKey, UUID uploadId);

	/**
	 * Makes a batch without rows. Errors with {@link UploadSuperseded} if its key was
	 * taken meanwhile.
	 */
	Mono<Taken> create(BatchId id, BatchUpload upload, UUID uploadId, Instant now);

	/**
	 * Stores the batch's next chunk. Errors with {@link UploadSuperseded} if another
	 * upload goes on with it, with {@link BatchEnded} if nobody can any more.
	 */
	Mono<Void> add(Taken batch, RowChunk chunk, Instant now);

	/** Whether the chunk was stored with the same rows. */
	Mono<Boolean> hasSame(BatchId id, RowChunk chunk);

	/**
	 * All rows are here: it can run. Errors with {@link UploadSuperseded},
	 * {@link BatchEnded}.
	 */
	Mono<InvitationBatch> received(Taken batch, List<String> ignoredColumns, Instant now);

	/**
	 * The batch will not run, and its key is free; does nothing if it is not receiving
	 * any more.
	 */
	Mono<Void> fail(BatchId id, BatchFailure failure, Instant now);

	/**
	 * The batch of whoever waited longest, locked; empty if none can go on now. The
	 * Partner Space goes to the end of the line. Rows that are to be invited wait while
	 * more than so many mails of their Partner Space's bulks do.
	 */
	Mono<BatchTurn> takeTurn(Instant now, long lead);

	/** The rows whose turn it is, as they came. */
	Mono<List<BatchRow>> undecided(BatchTurn turn);

	/**
	 * The batch, which waited for another day, goes on: its rate is counted from now on.
	 */
	Mono<Void> resume(BatchTurn turn, Instant now);

	/**
	 * The turn's transaction was rolled back: the Partner Space goes to the end of the
	 * line, and the batch waits until it may try again.
	 */
	Mono<Void> passOver(BatchTurn turn, Instant now, Instant again);

	/**
	 * The turn's transaction was rolled back once too often: the batch ends with rows
	 * that were not decided, and its key is free. False if it has gone on meanwhile.
	 */
	Mono<Boolean> giveUp(BatchTurn turn, BatchFailure failure, Instant now);

	/** Which of these clients an earlier row of a dry run named: the row's number. */
	Mono<Map<ClientKey, Integer>> seen(BatchId id, Collection<ClientKey> keys);

	/** Notes which clients rows of a dry run named. */
	Mono<Void> noteSeen(BatchId id, Map<ClientKey, Integer> rows);

	/**
	 * Writes down what became of the turn's rows, and counts it. Rows that are left stay
	 * in their chunk.
	 */
	Mono<Void> record(BatchTurn turn, TurnOutcome outcome);

	/**
	 * Ends the batches of which nothing waits any more, and those whose rows stopped
	 * coming before a time; gives how many.
	 */
	Mono<Long> settle(Instant now, Instant abandonedBefore);

	/**
	 * Removes rows of a batch that ended before they were decided, up to so many chunks;
	 * does nothing if there is none.
	 */
	Mono<Void> discardUndecided(int chunks);

	/**
	 * Notes that the partner stops the batch, which is locked until the running
	 * transaction ends; if its rows still come it has ended, and its key is free. Errors
	 * with {@link BatchNotFound}, {@link BatchEnded}.
	 */
	Mono<InvitationBatch> requestCancellation(PartnerSpaceId partnerSpaceId, BatchId id, String requestedBy,
			Instant now);

	/**
	 * The batch, which is done, runs again; it is locked until the running transaction
	 * ends. Errors with {@link BatchNotFound}, {@link BatchNotDone}.
	 */
	Mono<InvitationBatch> reopen(PartnerSpaceId partnerSpaceId, BatchId id, Instant now);

	/**
	 * Rows whose clients were not to be invited, after a row, as they came; they wait for
	 * another decision then.
	 */
	Mono<List<BatchRow>> takeSkipped(BatchId id, int after, int limit);

	/** Rows whose mails were given up, after a row. */
	Mono<List<BatchRow>> undelivered(BatchId id, int after, int limit);

	/**
	 * The rows with these names by which nobody was invited, the first one of each name;
	 * they wait for another decision then.
	 */
	Mono<Map<String, BatchRow>> takeFailed(BatchId id, Collection<String> rowRefs);

	/** Adds rows to decide again. */
	Mono<Void> addAgain(BatchId id, List<BatchRow> rows);

	/**
	 * Removes batches that ended before a time, the oldest first, with all that is known
	 * of their rows; takes up to so many rows of each kind at once and gives how many it
	 * took. Passes over what somebody else works on.
	 */
	Mono<Long> removeEnded(Instant before, int limit);

	/**
	 * Brings counts together that connections have left which are gone, up to so many;
	 * gives how many these were. Passes over what somebody else works on.
	 */
	Mono<Long> foldCounts(int limit);

	/** The batch. Errors with {@link BatchNotFound}. */
	Mono<InvitationBatch> require(PartnerSpaceId partnerSpaceId, BatchId id);

	/** A page of batches, newest first. */
	Mono<Page<InvitationBatch>> list(PartnerSpaceId partnerSpaceId, PageRequest page);

	/** What was counted, by batch and name. */
	Mono<Map<BatchId, Map<String, Long>>> counts(Collection<BatchId> ids);

	/**
	 * What became of the rows after a place, in their order, those that wait included.
	 * What was not decided when the batch ended is not known any more.
	 * @param state only of rows of this state, null for all
	 * @param limit how many at most; fewer come if there are no more
	 */
	Flux<ListedRow> rows(BatchId id, @Nullable RowState state, RowPosition after, int limit);

	/**
	 * A batch as an upload takes it up.
	 *
	 * @param batch the batch
	 * @param uploadId the upload
	 * @param chunks how many chunks are stored
	 */
	record Taken(InvitationBatch batch, UUID uploadId, int chunks) {
	}

	/**
	 * What a turn brought about.
	 *
	 * @param results what became of the decided rows
	 * @param mailedAgain how many had been decided, and their mails given up, before
	 * @param left rows that wait for another day
	 * @param pacedUntil when they go on, null if none is left
	 * @param day the day
	 * @param invitedToday how many the Partner Space's bulks have invited on it
	 * @param at when
	 */
	record TurnOutcome(List<RowResult> results, long mailedAgain, List<BatchRow> left, @Nullable Instant pacedUntil,
			LocalDate day, long invitedToday, Instant at) {

		public TurnOutcome {
			results = List.copyOf(results);
			left = List.copyOf(left);
		}

	}

}
