package com.banqup.invitations.api.batch.r2dbc;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchNotFound;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** What several stores do with batches in their table. */
final class BatchTable {

	/** The batches of a Partner Space. */
	static final String FIND = """
			SELECT %s
			  FROM invitation_batch batch
			 WHERE partner_space_id = :partnerSpaceId
			""".formatted(BatchTableRow.COLUMNS);

	private static final String FAIL = """
			UPDATE invitation_batch
			   SET state = 'FAILED',
			       idempotency_key = NULL,
			       failure = :failure,
			       failure_detail = :detail,
			       paced_until = NULL,
			       ended_at = :now
			 WHERE %s
			""";

	private final DatabaseClient database;

	BatchTable(DatabaseClient database) {
		this.database = database;
	}

	Mono<InvitationBatch> require(PartnerSpaceId partnerSpaceId, BatchId id) {
		return this.database.sql(FIND + "   AND id = :id")
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("id", id.value())
			.map(BatchTableRow::batch)
			.one()
			.switchIfEmpty(Mono.error(() -> new BatchNotFound(id)));
	}

	/**
	 * The changed batch; one that is in no state for the change stays as it is. Errors
	 * with {@link BatchNotFound}, or the refusal.
	 */
	Mono<InvitationBatch> change(GenericExecuteSpec change, PartnerSpaceId partnerSpaceId, BatchId id, Instant now,
			Function<InvitationBatch, RuntimeException> refusal) {
		return change.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("id", id.value())
			.bind("now", now)
			.map(BatchTableRow::batch)
			.one()
			.switchIfEmpty(Mono.defer(() -> require(partnerSpaceId, id)).map((batch) -> {
				throw refusal.apply(batch);
			}));
	}

	/** Batches fail, and their keys are free; gives how many. */
	Mono<Long> fail(String condition, UnaryOperator<GenericExecuteSpec> parameters, BatchFailure failure, Instant now) {
		return parameters.apply(this.database.sql(FAIL.formatted(condition)))
			.bind("failure", failure.code())
			.bind("detail", failure.detail())
			.bind("now", now)
			.fetch()
			.rowsUpdated();
	}

}
