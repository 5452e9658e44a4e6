package com.banqup.invitations.api.batch.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.banqup.invitations.api.batch.BatchEnded;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.Batches;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

/** Counts are kept in shards: how far a batch is can be read without its rows. */
@Repository
class R2dbcBatches implements Batches {

	private static final String COUNTS = """
			SELECT batch_id, name, sum(value)::bigint AS value
			  FROM invitation_batch_count
			 WHERE batch_id = ANY (:ids)
			 GROUP BY batch_id, name
			""";

	/**
	 * A batch whose mails are tried again later runs once more, so that it ends as one
	 * that was stopped; one that failed stays so.
	 */
	private static final String REQUEST_CANCELLATION = """
			UPDATE invitation_batch batch
			   SET cancel_requested_at = coalesce(cancel_requested_at, :now),
			       cancel_requested_by = coalesce(cancel_requested_by, :requestedBy),
			       state = CASE state WHEN 'RECEIVING' THEN 'CANCELLED' WHEN 'COMPLETED' THEN 'RUNNING' ELSE state END,
			       running_since = CASE WHEN state = 'COMPLETED' THEN :now ELSE running_since END,
			       settled_before = CASE WHEN state = 'COMPLETED' THEN row_count ELSE settled_before END,
			       ended_at = CASE state WHEN 'RECEIVING' THEN :now WHEN 'COMPLETED' THEN NULL ELSE ended_at END,
			       idempotency_key = CASE WHEN state = 'RECEIVING' THEN NULL ELSE idempotency_key END
			 WHERE partner_space_id = :partnerSpaceId
			   AND id = :id
			   AND (state IN ('RECEIVING', 'RUNNING', 'CANCELLED')
			        OR EXISTS (SELECT
			                     FROM invitation_batch_count counted
			                    WHERE counted.batch_id = batch.id
			                      AND counted.name IN ('mail:QUEUED', 'mail:QUEUED:nothing-heard', 'mail:DEFERRED')
			                   HAVING sum(value) > 0))
			RETURNING %s
			""".formatted(BatchTableRow.COLUMNS);

	private final DatabaseClient database;

	private final BatchTable table;

	R2dbcBatches(DatabaseClient database) {
		this.database = database;
		this.table = new BatchTable(database);
	}

	@Override
	public Mono<InvitationBatch> require(PartnerSpaceId partnerSpaceId, BatchId id) {
		return this.table.require(partnerSpaceId, id);
	}

	@Override
	public Mono<Page<InvitationBatch>> list(PartnerSpaceId partnerSpaceId, PageRequest page) {
		String after = (page.cursor() != null) ? "   AND id < :after\n" : "";
		GenericExecuteSpec query = this.database.sql(BatchTable.FIND + after + " ORDER BY id DESC\n LIMIT :rows")
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("rows", page.limit() + 1);
		return ((page.cursor() != null) ? query.bind("after", page.cursor().after()) : query).map(BatchTableRow::batch)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, page.limit(), (batch) -> batch.id().value()));
	}

	@Override
	public Mono<Map<BatchId, Map<String, Long>>> counts(Collection<BatchId> ids) {
		return this.database.sql(COUNTS)
			.bind("ids", ids.stream().map(BatchId::value).toArray(UUID[]::new))
			.map((row) -> new Count(new BatchId(requireNonNull(row.get("batch_id", UUID.class))),
					requireNonNull(row.get("name", String.class)), requireNonNull(row.get("value", Long.class))))
			.all()
			.collect(Collectors.groupingBy(Count::batchId, Collectors.toMap(Count::name, Count::value)));
	}

	@Override
	public Mono<InvitationBatch> requestCancellation(PartnerSpaceId partnerSpaceId, BatchId id, String requestedBy,
			Instant now) {
		return this.table.change(this.database.sql(REQUEST_CANCELLATION).bind("requestedBy", requestedBy),
				partnerSpaceId, id, now, (ended) -> new BatchEnded(id, ended.state()));
	}

	private record Count(BatchId batchId, String name, long value) {
	}

}
