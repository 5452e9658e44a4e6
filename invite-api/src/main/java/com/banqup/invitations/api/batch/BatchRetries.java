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
	 * Whether rows failed that can be decided again as they are. Nothing was heard of
	 * lost mails since before a time.
	 */
	Mono<Boolean> hasFailed(BatchId id, Instant silentBefore, Instant now);

	/** Has all rows decided again, in turns, that failed and can be. */
	Mono<Void> addFailed(BatchId id);

	/**
	 * The first of these rows, as they came: those by which nobody was invited wait for
	 * another decision then.
	 */
	Mono<List<BatchRow>> take(BatchId id, FailedRows failed, Instant silentBefore, Instant now, int limit);

	/**
	 * The rows with these names that failed, the first one of each name; those by which
	 * nobody was invited wait for another decision then.
	 */
	Mono<Map<String, BatchRow>> takeFailed(BatchId id, Collection<String> rowRefs, Instant silentBefore, Instant now);

	/** Adds rows to decide again. */
	Mono<Void> addAgain(BatchId id, List<BatchRow> rows);

}
