package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/** Batches that are done, and those of their rows that can be decided again. */
public interface BatchRetries {

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
	 * Rows of whose mails nothing was heard since before a time, after a row: the
	 * requests must have been lost.
	 */
	Mono<List<BatchRow>> silent(BatchId id, Instant before, int after, int limit);

	/**
	 * The rows with these names by which nobody was invited, the first one of each name;
	 * they wait for another decision then.
	 */
	Mono<Map<String, BatchRow>> takeFailed(BatchId id, Collection<String> rowRefs);

	/** Adds rows to decide again. */
	Mono<Void> addAgain(BatchId id, List<BatchRow> rows);

}
