package com.banqup.invitations.api.batch.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchNotDone;
import com.banqup.invitations.api.batch.BatchRetries;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.FailedRows;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.batch.Undecided;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.database.Columns;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.link.LinkToken;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

/** Rows that are decided again lie in chunks behind those that were uploaded. */
@Repository
class R2dbcBatchRetries implements BatchRetries {

	private static final String REOPEN = """
			UPDATE invitation_batch batch
			   SET state = 'RUNNING',
			       running_since = :now,
			       settled_before = row_count,
			       failed_rows_in_a_row = 0,
			       failed_rows = 0,
			       ended_at = NULL
			 WHERE partner_space_id = :partnerSpaceId
			   AND id = :id
			   AND state = 'COMPLETED'
			RETURNING %s
			""".formatted(BatchTableRow.COLUMNS);

	/** The rows wait, and are counted as such. */
	private static final String TAKE = """
			WITH taken AS (
			    UPDATE invitation_batch_row
			       SET state = 'WAITING',
			           content = NULL
			     WHERE batch_id = :id
			       AND number IN (%s)
			    RETURNING number, old.state, old.reason, old.content
			), counted AS (
			    INSERT INTO invitation_batch_count AS counted (batch_id, name, shard, value)
			    SELECT :id, 'row:' || state || ':' || reason, pg_backend_pid(), -count(*)
			      FROM taken
			     GROUP BY state, reason
			     ORDER BY state, reason
			    ON CONFLICT (batch_id, name, shard) DO UPDATE SET value = counted.value + excluded.value
			), batch AS (
			    UPDATE invitation_batch
			       SET settled_before = settled_before - (SELECT count(*) FROM taken)
			     WHERE id = :id
			)
			SELECT content
			  FROM taken
			 ORDER BY number
			""";

	/** Mostly there are none, and then those that are invalid are not looked at. */
	private static final String NOT_DECIDED = """
			SELECT number
			  FROM invitation_batch_row
			 WHERE (SELECT sum(value)
			          FROM invitation_batch_count
			         WHERE batch_id = :id
			           AND name = 'row:INVALID:not-decided') > 0
			   AND batch_id = :id
			   AND content IS NOT NULL
			   AND state = 'INVALID'
			   AND reason = 'not-decided'
			   AND number > :after
			 ORDER BY number
			 LIMIT :limit""";

	private static final String SKIPPED = """
			SELECT number
			  FROM invitation_batch_row
			 WHERE batch_id = :id
			   AND content IS NOT NULL
			   AND state = 'SKIPPED'
			   AND number > :after
			 ORDER BY number
			 LIMIT :limit""";

	/** Those whose mail failed are found first; another row can have the name, too. */
	private static final String FIRST_FAILED = """
			SELECT DISTINCT ON (row_ref) number
			  FROM invitation_batch_row
			  LEFT JOIN unnest(:invitedRefs::text[], :invitedRows::int[]) AS invited (name, first) ON invited.name = row_ref
			 WHERE batch_id = :id
			   AND content IS NOT NULL
			   AND state <> 'INVITED'
			   AND row_ref = ANY (:rowRefs)
			   AND (invited.first IS NULL OR number < invited.first)
			 ORDER BY row_ref, number""";

	private static final String INVITED = """
			SELECT failed.number, failed.line, failed.row_ref, invitation.client_id, invitation.id
			  FROM invitation
			  JOIN invitation_batch_row failed ON failed.batch_id = invitation.batch_id
			                                  AND failed.number = invitation.batch_row
			 WHERE invitation.batch_id = :id
			   AND invitation.revocation_requested_at IS NULL
			""";

	/** Whoever cannot be sent one more mail can be invited anew. */
	private static final String UNDELIVERED = INVITED + """
			   AND invitation.delivery_state = 'REJECTED'
			   AND (invitation.state = 'EXPIRED'
			        OR (invitation.state = 'PENDING'
			            AND (invitation.generation < :maxGeneration OR invitation.expires_at <= :now)))
			""";

	private static final String TOO_LATE = INVITED + """
			   AND invitation.delivery_state = 'CANCELLED'
			   AND invitation.delivery_reason = 'expired'
			   AND (invitation.state = 'EXPIRED' OR (invitation.state = 'PENDING' AND invitation.expires_at <= :now))
			""";

	/**
	 * A batch that is done waits for no mail but for those nothing was heard of. Mostly
	 * there are none, and then the rows are not looked at.
	 */
	private static final String SILENT = """
			SELECT failed.number, failed.line, failed.row_ref, invitation.client_id, invitation.id
			  FROM invitation_batch_row failed
			  JOIN invitation ON invitation.id = failed.invitation_id
			 WHERE (SELECT sum(value)
			          FROM invitation_batch_count
			         WHERE batch_id = :id
			           AND name IN ('mail:QUEUED', 'mail:QUEUED:nothing-heard')) > 0
			   AND failed.batch_id = :id
			   AND failed.state = 'INVITED'
			   AND invitation.delivery_state = 'QUEUED'
			   AND invitation.requested_at < :before
			   AND invitation.revocation_requested_at IS NULL
			   AND (invitation.state = 'EXPIRED'
			        OR (invitation.state = 'PENDING'
			            AND (invitation.generation < :maxGeneration OR invitation.expires_at <= :now)))
			""";

	/** By the number in the table whose index leads to these rows. */
	private static final String FROM = """
			   AND %1$s > :after
			 ORDER BY %1$s
			 LIMIT :limit
			""";

	private static final String UNDELIVERED_FROM = UNDELIVERED + FROM.formatted("invitation.batch_row");

	private static final String TOO_LATE_FROM = TOO_LATE + FROM.formatted("invitation.batch_row");

	private static final String SILENT_FROM = SILENT + FROM.formatted("failed.number");

	private static final String HAS_FAILED = Stream
		.of(NOT_DECIDED, SKIPPED, UNDELIVERED_FROM, TOO_LATE_FROM, SILENT_FROM)
		.map("EXISTS (%s)"::formatted)
		.collect(Collectors.joining(" OR ", "SELECT ", ""));

	private static final String NAMED = """
			SELECT DISTINCT ON (row_ref) number, line, row_ref, client_id, id
			  FROM (%s UNION ALL %s UNION ALL %s) AS failed
			 WHERE row_ref = ANY (:rowRefs)
			 ORDER BY row_ref, number
			""".formatted(UNDELIVERED, TOO_LATE, SILENT);

	private static final String ADD_AGAIN = """
			WITH batch AS (
			    UPDATE invitation_batch
			       SET chunks = chunks + 1
			     WHERE id = :id
			    RETURNING id, chunks
			)
			INSERT INTO invitation_batch_chunk (batch_id, number, digest, content)
			SELECT id, chunks, :digest, :content
			  FROM batch
			""";

	private final DatabaseClient database;

	private final BatchTable table;

	R2dbcBatchRetries(DatabaseClient database) {
		this.database = database;
		this.table = new BatchTable(database);
	}

	@Override
	public Mono<InvitationBatch> reopen(PartnerSpaceId partnerSpaceId, BatchId id, Instant now) {
		return this.table.change(this.database.sql(REOPEN), partnerSpaceId, id, now,
				(batch) -> new BatchNotDone(id, batch.state()));
	}

	@Override
	public Mono<Boolean> hasFailed(BatchId id, Instant silentBefore, Instant now) {
		return bindInvited(this.database.sql(HAS_FAILED), id, now).bind("after", 0)
			.bind("limit", 1)
			.bind("before", silentBefore)
			.mapValue(Boolean.class)
			.one();
	}

	@Override
	public Mono<Void> addFailed(BatchId id) {
		return Mono.defer(() -> add(id, StoredRows.encode(new Undecided(List.of(), FailedRows.ALL))));
	}

	@Override
	public Mono<List<BatchRow>> take(BatchId id, FailedRows failed, Instant silentBefore, Instant now, int limit) {
		Flux<BatchRow> rows = switch (failed.kind()) {
			case NOT_DECIDED -> take(bind(TAKE.formatted(NOT_DECIDED), failed, limit), id);
			case SKIPPED -> take(bind(TAKE.formatted(SKIPPED), failed, limit), id);
			case UNDELIVERED -> invited(bindInvited(bind(UNDELIVERED_FROM, failed, limit), id, now));
			case TOO_LATE -> invited(bind(TOO_LATE_FROM, failed, limit).bind("id", id.value()).bind("now", now));
			case SILENT -> invited(bindInvited(bind(SILENT_FROM, failed, limit), id, now).bind("before", silentBefore));
		};
		return rows.collectList();
	}

	private GenericExecuteSpec bind(String sql, FailedRows failed, int limit) {
		return this.database.sql(sql).bind("after", failed.after()).bind("limit", limit);
	}

	private static GenericExecuteSpec bindInvited(GenericExecuteSpec query, BatchId id, Instant now) {
		return query.bind("id", id.value()).bind("now", now).bind("maxGeneration", LinkToken.MAX_GENERATION);
	}

	@Override
	public Mono<Map<String, BatchRow>> takeFailed(BatchId id, Collection<String> rowRefs, Instant silentBefore,
			Instant now) {
		String[] names = rowRefs.toArray(String[]::new);
		return invited(
				bindInvited(this.database.sql(NAMED), id, now).bind("before", silentBefore).bind("rowRefs", names))
			.collectMap((row) -> requireNonNull(row.rowRef()))
			.flatMap((invited) -> takeFirst(id, names, invited.values()).reduce(new HashMap<>(invited),
					(failed, row) -> {
						failed.put(requireNonNull(row.rowRef()), row);
						return failed;
					}));
	}

	private Flux<BatchRow> takeFirst(BatchId id, String[] names, Collection<BatchRow> invited) {
		Columns<BatchRow> columns = new Columns<>(invited);
		return take(this.database.sql(TAKE.formatted(FIRST_FAILED))
			.bind("rowRefs", names)
			.bind("invitedRefs", columns.column(BatchRow::rowRef, String[]::new))
			.bind("invitedRows", columns.column(BatchRow::number, Integer[]::new)), id);
	}

	private static Flux<BatchRow> take(GenericExecuteSpec statement, BatchId id) {
		return statement.bind("id", id.value()).mapValue(byte[].class).all().concatMapIterable(StoredRows::decode);
	}

	private static Flux<BatchRow> invited(GenericExecuteSpec query) {
		return query.map(R2dbcBatchRetries::undelivered).all();
	}

	private static BatchRow undelivered(Readable row) {
		return new BatchRow(requireNonNull(row.get("number", Integer.class)),
				requireNonNull(row.get("line", Integer.class)), row.get("row_ref", String.class),
				new Undelivered(new ClientId(requireNonNull(row.get("client_id", UUID.class))),
						new InvitationId(requireNonNull(row.get("id", UUID.class)))));
	}

	@Override
	public Mono<Void> addAgain(BatchId id, List<BatchRow> rows) {
		return Mono.defer(() -> add(id, StoredRows.encode(rows)));
	}

	private Mono<Void> add(BatchId id, byte[] content) {
		return this.database.sql(ADD_AGAIN)
			.bind("id", id.value())
			.bind("digest", StoredRows.digest(content))
			.bind("content", content)
			.then();
	}

}
