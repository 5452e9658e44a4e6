package com.banqup.invitations.api.batch.r2dbc;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import com.banqup.invitations.api.batch.BatchEnded;
import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchNotDone;
import com.banqup.invitations.api.batch.BatchNotFound;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchTurn;
import com.banqup.invitations.api.batch.BatchUpload;
import com.banqup.invitations.api.batch.Batches;
import com.banqup.invitations.api.batch.ClientKey;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.batch.ListedRow;
import com.banqup.invitations.api.batch.RowChunk;
import com.banqup.invitations.api.batch.RowPosition;
import com.banqup.invitations.api.batch.RowResult;
import com.banqup.invitations.api.batch.RowState;
import com.banqup.invitations.api.batch.UploadDiffers;
import com.banqup.invitations.api.batch.UploadSuperseded;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcBatches implements Batches {

	private static final String TAKE_OVER = """
			UPDATE invitation_batch batch
			   SET upload_id = CASE WHEN state = 'RECEIVING'
			                         AND template_id = :templateId
			                         AND dry_run = :dryRun
			                         AND format = :format
			                         AND selection IS NOT DISTINCT FROM :selection THEN :uploadId ELSE upload_id END
			 WHERE partner_space_id = :partnerSpaceId
			   AND idempotency_key = :key
			RETURNING %s, format, selection, coalesce(uploaded_chunks, chunks) AS chunks
			""".formatted(BatchTableRow.COLUMNS);

	private static final String CREATE = """
			WITH bulk AS (
			    INSERT INTO partner_space_bulk (partner_space_id, served_at, day)
			    VALUES (:partnerSpaceId, :now, :day)
			    ON CONFLICT (partner_space_id) DO NOTHING
			)
			INSERT INTO invitation_batch AS batch (id, partner_space_id, template_id, dry_run, format, selection,
			                                       idempotency_key, upload_id, state, created_by, created_at, taken_at)
			VALUES (:id, :partnerSpaceId, :templateId, :dryRun, :format, :selection, :key, :uploadId, 'RECEIVING', :createdBy,
			        :now, :now)
			ON CONFLICT (partner_space_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
			RETURNING %s
			"""
		.formatted(BatchTableRow.COLUMNS);

	private static final String ADD = """
			WITH batch AS (
			    UPDATE invitation_batch
			       SET row_count = row_count + :rows,
			           chunks = :number,
			           taken_at = :now
			     WHERE id = :id
			       AND upload_id = :uploadId
			       AND state = 'RECEIVING'
			       AND chunks = :number - 1
			    RETURNING id
			)
			INSERT INTO invitation_batch_chunk (batch_id, number, digest, content)
			SELECT id, :number, :digest, :content
			  FROM batch
			""";

	private static final String DIGEST = """
			SELECT digest
			  FROM invitation_batch_chunk
			 WHERE batch_id = :id
			   AND number = :number
			""";

	private static final String RECEIVED = """
			UPDATE invitation_batch batch
			   SET state = 'RUNNING',
			       ignored_columns = :ignoredColumns,
			       received_at = :now,
			       running_since = :now,
			       uploaded_chunks = chunks
			 WHERE id = :id
			   AND upload_id = :uploadId
			   AND state = 'RECEIVING'
			RETURNING %s
			""".formatted(BatchTableRow.COLUMNS);

	private static final String FAIL = """
			UPDATE invitation_batch
			   SET state = 'FAILED',
			       idempotency_key = NULL,
			       failure = :failure,
			       failure_detail = :detail,
			       paced_until = NULL,
			       ended_at = :now
			 WHERE id = :id
			   AND %s
			""";

	/**
	 * Whoever is at work on a Partner Space's bulks has its row: others pass it over. The
	 * rows are read afterwards, when nobody can change them any more. What is beyond the
	 * lead would lie in the topic before another Partner Space's requests.
	 */
	private static final String TAKE_TURN = """
			WITH ahead AS (
			    SELECT running.partner_space_id
			      FROM invitation_batch running
			      JOIN invitation_batch_count counted ON counted.batch_id = running.id
			                                         AND counted.name = 'mail:QUEUED'
			     WHERE running.state = 'RUNNING'
			     GROUP BY running.partner_space_id
			    HAVING sum(counted.value) > :lead
			)
			SELECT %s, bulk.day, bulk.invited, batch.decided_chunks + 1 AS chunk, batch.failed_turns
			  FROM partner_space_bulk bulk
			  JOIN invitation_batch batch ON batch.partner_space_id = bulk.partner_space_id
			                             AND batch.state = 'RUNNING'
			                             AND batch.decided_chunks < batch.chunks
			                             AND (batch.paced_until IS NULL
			                                  OR batch.paced_until <= :now
			                                  OR batch.cancel_requested_at IS NOT NULL)
			                             AND (batch.again_at IS NULL OR batch.again_at <= :now)
			 WHERE batch.dry_run
			    OR batch.cancel_requested_at IS NOT NULL
			    OR bulk.partner_space_id NOT IN (SELECT partner_space_id FROM ahead)
			 ORDER BY bulk.served_at, bulk.partner_space_id, batch.id
			 LIMIT 1
			   FOR NO KEY UPDATE OF bulk, batch SKIP LOCKED
			""".formatted(BatchTableRow.COLUMNS);

	private static final String UNDECIDED = """
			SELECT content
			  FROM invitation_batch_chunk
			 WHERE batch_id = :id
			   AND number = :chunk
			""";

	/** Rows are settled when they are decided, and their mails do not wait. */
	private static final String RESUME = """
			UPDATE invitation_batch
			   SET running_since = :now,
			       settled_before = (SELECT coalesce(sum(CASE name WHEN 'mail:QUEUED' THEN -value ELSE value END), 0)
			                           FROM invitation_batch_count
			                          WHERE batch_id = :id
			                            AND (name LIKE 'row:%' OR name = 'mail:QUEUED'))
			 WHERE id = :id
			""";

	private static final String PASS_OVER = """
			WITH bulk AS (
			    UPDATE partner_space_bulk
			       SET served_at = :now
			     WHERE partner_space_id = :partnerSpaceId
			)
			UPDATE invitation_batch
			   SET failed_turns = :failures,
			       again_at = :again
			 WHERE id = :id
			   AND failed_turns = :failures - 1
			""";

	private static final String SEEN = """
			SELECT client, number
			  FROM invitation_batch_seen
			 WHERE batch_id = :id
			   AND client IN (SELECT decode(hash, 'hex') FROM unnest(:hashes::text[]) AS hash)
			""";

	/** The first row that named a client is the one to tell of. */
	private static final String NOTE_SEEN = """
			INSERT INTO invitation_batch_seen (batch_id, client, number)
			SELECT :id, decode(hash, 'hex'), number
			  FROM unnest(:hashes::text[], :numbers::int[]) AS seen (hash, number)
			ON CONFLICT (batch_id, client) DO NOTHING
			""";

	/** A row is there already when it is decided again. */
	private static final String RECORD = """
			WITH result AS (
			    SELECT *
			      FROM unnest(:numbers::int[], :lines::int[], :rowRefs::text[], :states::text[], :reasons::text[],
			                  :details::text[], :clientIds::uuid[], :invitationIds::uuid[], :starts::int[], :sizes::int[])
			           AS result (number, line, row_ref, state, reason, detail, client_id, invitation_id, start, size)
			), recorded AS (
			    INSERT INTO invitation_batch_row (batch_id, number, line, row_ref, state, reason, detail, client_id,
			                                      invitation_id, content)
			    SELECT :batchId, number, line, row_ref, state, reason, detail, client_id, invitation_id,
			           CASE WHEN size IS NOT NULL THEN substring(:contents::bytea FROM start FOR size) END
			      FROM result
			    ON CONFLICT (batch_id, number) DO UPDATE
			       SET line = excluded.line,
			           state = excluded.state,
			           reason = excluded.reason,
			           detail = excluded.detail,
			           client_id = excluded.client_id,
			           invitation_id = excluded.invitation_id,
			           content = excluded.content
			), counted AS (
			    INSERT INTO invitation_batch_count AS counted (batch_id, name, shard, value)
			    SELECT :batchId, name, pg_backend_pid(), value
			      FROM unnest(:names::text[], :values::bigint[]) AS change (name, value)
			     ORDER BY name
			    ON CONFLICT (batch_id, name, shard) DO UPDATE SET value = counted.value + excluded.value
			), chunk AS (
			    UPDATE invitation_batch_chunk
			       SET content = :left
			     WHERE batch_id = :batchId
			       AND number = :chunk
			), bulk AS (
			    UPDATE partner_space_bulk
			       SET served_at = :now,
			           day = :day,
			           invited = :invited
			     WHERE partner_space_id = :partnerSpaceId
			)
			UPDATE invitation_batch
			   SET decided_chunks = :decidedChunks,
			       paced_until = :pacedUntil,
			       settled_before = settled_before - :mailedAgain,
			       failed_turns = 0,
			       again_at = NULL
			 WHERE id = :batchId
			""";

	private static final String SETTLE = """
			UPDATE invitation_batch
			   SET state = CASE WHEN cancel_requested_at IS NULL THEN 'COMPLETED' ELSE 'CANCELLED' END,
			       paced_until = NULL,
			       ended_at = :now
			 WHERE id IN (SELECT id
			                FROM invitation_batch batch
			               WHERE state = 'RUNNING'
			                 AND decided_chunks = chunks
			                 AND NOT EXISTS (SELECT
			                                   FROM invitation_batch_count counted
			                                  WHERE counted.batch_id = batch.id
			                                    AND counted.name = 'mail:QUEUED'
			                                 HAVING sum(value) > 0)
			                 FOR NO KEY UPDATE SKIP LOCKED)
			""";

	private static final String FAIL_ABANDONED = """
			UPDATE invitation_batch
			   SET state = 'FAILED',
			       idempotency_key = NULL,
			       failure = :failure,
			       failure_detail = :detail,
			       ended_at = :now
			 WHERE state = 'RECEIVING'
			   AND taken_at < :abandonedBefore
			""";

	/** The batch has ended, so nobody adds rows any more. */
	private static final String DISCARD_UNDECIDED = """
			WITH batch AS MATERIALIZED (
			    SELECT id, greatest(decided_chunks, chunks - :limit) AS kept
			      FROM invitation_batch
			     WHERE ended_at IS NOT NULL
			       AND decided_chunks < chunks
			     ORDER BY id
			     LIMIT 1
			       FOR NO KEY UPDATE SKIP LOCKED
			), discarded AS (
			    DELETE FROM invitation_batch_chunk chunk
			     USING batch
			     WHERE chunk.batch_id = batch.id
			       AND chunk.number > batch.kept
			), cancelled AS (
			    UPDATE invitation_batch_row waiting
			       SET state = 'CANCELLED'
			      FROM batch
			     WHERE waiting.batch_id = batch.id
			       AND waiting.state = 'WAITING'
			)
			UPDATE invitation_batch
			   SET chunks = batch.kept
			  FROM batch
			 WHERE invitation_batch.id = batch.id
			""";

	private static final String REQUEST_CANCELLATION = """
			UPDATE invitation_batch batch
			   SET cancel_requested_at = coalesce(cancel_requested_at, :now),
			       cancel_requested_by = coalesce(cancel_requested_by, :requestedBy),
			       state = CASE WHEN state = 'RECEIVING' THEN 'CANCELLED' ELSE state END,
			       ended_at = CASE WHEN state = 'RECEIVING' THEN :now ELSE ended_at END,
			       idempotency_key = CASE WHEN state = 'RECEIVING' THEN NULL ELSE idempotency_key END
			 WHERE partner_space_id = :partnerSpaceId
			   AND id = :id
			   AND state IN ('RECEIVING', 'RUNNING', 'CANCELLED')
			RETURNING %s
			""".formatted(BatchTableRow.COLUMNS);

	private static final String REOPEN = """
			UPDATE invitation_batch batch
			   SET state = 'RUNNING',
			       running_since = :now,
			       settled_before = row_count,
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

	private static final String SKIPPED = """
			SELECT number
			  FROM invitation_batch_row
			 WHERE batch_id = :id
			   AND content IS NOT NULL
			   AND state = 'SKIPPED'
			   AND number > :after
			 ORDER BY number
			 LIMIT :limit""";

	private static final String FIRST_FAILED = """
			SELECT DISTINCT ON (row_ref) number
			  FROM invitation_batch_row
			 WHERE batch_id = :id
			   AND content IS NOT NULL
			   AND state <> 'INVITED'
			   AND row_ref = ANY (:rowRefs)
			 ORDER BY row_ref, number""";

	private static final String UNDELIVERED = """
			SELECT failed.number, failed.line, failed.row_ref, invitation.client_id, invitation.id
			  FROM invitation
			  JOIN invitation_batch_row failed ON failed.batch_id = invitation.batch_id
			                                  AND failed.number = invitation.batch_row
			 WHERE invitation.batch_id = :id
			   AND invitation.delivery_state = 'REJECTED'
			   AND invitation.state = 'PENDING'
			   AND invitation.batch_row > :after
			 ORDER BY invitation.batch_row
			 LIMIT :limit
			""";

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

	/** What hangs on the batch first: the batch goes when nothing of that was left. */
	private static final String REMOVE_ENDED = """
			WITH oldest AS MATERIALIZED (
			    SELECT id
			      FROM invitation_batch
			     WHERE ended_at < :before
			     ORDER BY ended_at
			     LIMIT 1
			       FOR UPDATE SKIP LOCKED
			), listed AS (
			    DELETE FROM invitation_batch_row
			     WHERE (batch_id, number) IN (SELECT batch_id, number
			                                    FROM invitation_batch_row
			                                   WHERE batch_id = (SELECT id FROM oldest)
			                                   LIMIT :limit)
			    RETURNING 1
			), seen AS (
			    DELETE FROM invitation_batch_seen
			     WHERE (batch_id, client) IN (SELECT batch_id, client
			                                    FROM invitation_batch_seen
			                                   WHERE batch_id = (SELECT id FROM oldest)
			                                   LIMIT :limit)
			    RETURNING 1
			), chunk AS (
			    DELETE FROM invitation_batch_chunk
			     WHERE batch_id = (SELECT id FROM oldest)
			    RETURNING 1
			), counted AS (
			    DELETE FROM invitation_batch_count
			     WHERE batch_id = (SELECT id FROM oldest)
			    RETURNING 1
			), removed AS (
			    DELETE FROM invitation_batch
			     WHERE id = (SELECT id FROM oldest)
			       AND NOT EXISTS (SELECT FROM invitation_batch_row WHERE batch_id = id)
			       AND NOT EXISTS (SELECT FROM invitation_batch_seen WHERE batch_id = id)
			       AND NOT EXISTS (SELECT FROM invitation_batch_chunk WHERE batch_id = id)
			    RETURNING 1
			)
			SELECT (SELECT count(*) FROM listed) + (SELECT count(*) FROM seen) + (SELECT count(*) FROM chunk)
			       + (SELECT count(*) FROM counted) + (SELECT count(*) FROM removed)
			""";

	/** Nobody waits for it: nobody counts in the shard of a connection that is gone. */
	private static final String FOLD_COUNTS = """
			WITH left_behind AS (
			    SELECT counted.batch_id, counted.name, counted.shard
			      FROM invitation_batch_count counted
			      JOIN invitation_batch batch ON batch.id = counted.batch_id
			     WHERE counted.shard <> 0
			       AND NOT EXISTS (SELECT FROM pg_stat_activity connection WHERE connection.pid = counted.shard)
			     LIMIT :limit
			       FOR UPDATE OF counted SKIP LOCKED
			       FOR KEY SHARE OF batch SKIP LOCKED
			), taken AS (
			    DELETE FROM invitation_batch_count counted
			     USING left_behind
			     WHERE counted.batch_id = left_behind.batch_id
			       AND counted.name = left_behind.name
			       AND counted.shard = left_behind.shard
			    RETURNING counted.batch_id, counted.name, counted.value
			), folded AS (
			    INSERT INTO invitation_batch_count AS folded (batch_id, name, shard, value)
			    SELECT batch_id, name, 0, sum(value)
			      FROM taken
			     GROUP BY batch_id, name
			     ORDER BY batch_id, name
			    ON CONFLICT (batch_id, name, shard) DO UPDATE SET value = folded.value + excluded.value
			)
			SELECT count(*)
			  FROM taken
			""";

	private static final String FIND = """
			SELECT %s
			  FROM invitation_batch batch
			 WHERE partner_space_id = :partnerSpaceId
			""".formatted(BatchTableRow.COLUMNS);

	private static final String COUNTS = """
			SELECT batch_id, name, sum(value)::bigint AS value
			  FROM invitation_batch_count
			 WHERE batch_id = ANY (:ids)
			 GROUP BY batch_id, name
			""";

	/**
	 * Rows that were decided, and if there are too few of them, the next chunk of those
	 * that were not: these are the last ones of the batch.
	 */
	private static final String ROWS = """
			WITH decided AS (
			    SELECT listed.number, listed.line, listed.row_ref,
			           CASE WHEN invitation.delivery_state = 'CANCELLED' THEN 'CANCELLED' ELSE listed.state END AS state,
			           listed.reason, listed.detail, listed.client_id, listed.invitation_id,
			           invitation.delivery_state, invitation.delivery_reason
			      FROM invitation_batch_row listed
			      LEFT JOIN invitation ON invitation.id = listed.invitation_id
			                          AND listed.state = 'INVITED'
			     WHERE listed.batch_id = :id
			       AND listed.number > :after
			       AND %s
			     ORDER BY listed.number
			     LIMIT :limit
			), undecided AS (
			    SELECT chunk.number, chunk.content
			      FROM invitation_batch batch
			      JOIN invitation_batch_chunk chunk ON chunk.batch_id = batch.id
			                                       AND chunk.number > batch.decided_chunks
			                                       AND chunk.number <= coalesce(batch.uploaded_chunks, batch.chunks)
			                                       AND chunk.number >= :chunk
			     WHERE batch.id = :id
			       AND batch.state IN ('RECEIVING', 'RUNNING')
			       AND :waiting
			       AND (SELECT count(*) FROM decided) < :limit
			     ORDER BY chunk.number
			     LIMIT 1
			)
			SELECT number, line, row_ref, state, reason, detail, client_id, invitation_id, delivery_state, delivery_reason,
			       NULL::int AS chunk, NULL::bytea AS content
			  FROM decided
			UNION ALL
			SELECT NULL, NULL, NULL, 'WAITING', NULL, NULL, NULL, NULL, NULL, NULL, number, content
			  FROM undecided
			 ORDER BY number NULLS LAST
			""";

	private static final String INVITED = """
			listed.state = 'INVITED' AND invitation.delivery_state IS DISTINCT FROM 'CANCELLED'""";

	/** From both indexes of what is rare. */
	private static final String CANCELLED = """
			listed.number IN ((SELECT number
			                     FROM invitation_batch_row
			                    WHERE batch_id = :id
			                      AND state = 'CANCELLED'
			                      AND number > :after
			                    ORDER BY number
			                    LIMIT :limit)
			                  UNION ALL
			                  (SELECT batch_row
			                     FROM invitation
			                    WHERE batch_id = :id
			                      AND delivery_state = 'CANCELLED'
			                      AND batch_row > :after
			                    ORDER BY batch_row
			                    LIMIT :limit))""";

	private final DatabaseClient database;

	R2dbcBatches(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Taken> takeOver(BatchUpload upload, String idempotencyKey, UUID uploadId) {
		return bindTerms(this.database.sql(TAKE_OVER), upload).bind("uploadId", uploadId)
			.bind("key", idempotencyKey)
			.map((row) -> takenOver(row, upload, uploadId))
			.one();
	}

	private static Taken takenOver(Readable row, BatchUpload upload, UUID uploadId) {
		InvitationBatch batch = BatchTableRow.batch(row);
		boolean same = batch.templateId().equals(upload.templateId()) && batch.dryRun() == upload.dryRun()
				&& upload.format().equals(row.get("format", String.class))
				&& Arrays.equals(selection(upload), row.get("selection", byte[].class));
		if (!same) {
			throw new UploadDiffers(batch.id(), 0);
		}
		return new Taken(batch, uploadId, requireNonNull(row.get("chunks", Integer.class)));
	}

	@Override
	public Mono<Taken> create(BatchId id, BatchUpload upload, UUID uploadId, Instant now) {
		return bindTerms(this.database.sql(CREATE), upload).bind("id", id.value())
			.bind("key", Parameters.in(R2dbcType.VARCHAR, upload.idempotencyKey()))
			.bind("uploadId", uploadId)
			.bind("createdBy", upload.requestedBy())
			.bind("now", now)
			.bind("day", LocalDate.EPOCH)
			.map(BatchTableRow::batch)
			.one()
			.map((batch) -> new Taken(batch, uploadId, 0))
			.switchIfEmpty(Mono.error(() -> new UploadSuperseded(id)));
	}

	private static byte @Nullable [] selection(BatchUpload upload) {
		return (upload.selection() != null) ? StoredRows.digest(upload.selection()) : null;
	}

	private static GenericExecuteSpec bindTerms(GenericExecuteSpec statement, BatchUpload upload) {
		return statement.bind("partnerSpaceId", upload.partnerSpaceId().value())
			.bind("templateId", upload.templateId().value())
			.bind("dryRun", upload.dryRun())
			.bind("format", upload.format())
			.bind("selection", Parameters.in(R2dbcType.VARBINARY, selection(upload)));
	}

	@Override
	public Mono<Void> add(Taken batch, RowChunk chunk, Instant now) {
		byte[] content = StoredRows.encode(chunk.rows());
		return this.database.sql(ADD)
			.bind("id", batch.batch().id().value())
			.bind("uploadId", batch.uploadId())
			.bind("number", chunk.number())
			.bind("rows", chunk.rows().size())
			.bind("digest", StoredRows.digest(content))
			.bind("content", content)
			.bind("now", now)
			.fetch()
			.rowsUpdated()
			.flatMap((stored) -> (stored == 1) ? Mono.<Void>empty() : refuse(batch));
	}

	/** The batch can take nothing more from the upload: says why. */
	private <T> Mono<T> refuse(Taken taken) {
		return require(taken.batch().partnerSpaceId(), taken.batch().id()).map((batch) -> {
			boolean stopped = !batch.state().isOpen() && batch.receivedAt() == null;
			throw stopped ? new BatchEnded(batch.id(), batch.state()) : new UploadSuperseded(batch.id());
		});
	}

	@Override
	public Mono<Boolean> hasSame(BatchId id, RowChunk chunk) {
		return this.database.sql(DIGEST)
			.bind("id", id.value())
			.bind("number", chunk.number())
			.mapValue(byte[].class)
			.one()
			.map((digest) -> MessageDigest.isEqual(digest, StoredRows.digest(StoredRows.encode(chunk.rows()))))
			.defaultIfEmpty(false);
	}

	@Override
	public Mono<InvitationBatch> received(Taken batch, List<String> ignoredColumns, Instant now) {
		return this.database.sql(RECEIVED)
			.bind("id", batch.batch().id().value())
			.bind("uploadId", batch.uploadId())
			.bind("ignoredColumns", ignoredColumns.toArray(String[]::new))
			.bind("now", now)
			.map(BatchTableRow::batch)
			.one()
			.switchIfEmpty(Mono.defer(() -> refuse(batch)));
	}

	@Override
	public Mono<Void> fail(BatchId id, BatchFailure failure, Instant now) {
		return fail(this.database.sql(FAIL.formatted("state = 'RECEIVING'")), id, failure, now).then();
	}

	@Override
	public Mono<Boolean> giveUp(BatchTurn turn, BatchFailure failure, Instant now) {
		return fail(this.database.sql(FAIL.formatted("state = 'RUNNING' AND failed_turns = :failures"))
			.bind("failures", turn.failures()), turn.batch().id(), failure, now).map((failed) -> failed > 0);
	}

	private static Mono<Long> fail(GenericExecuteSpec statement, BatchId id, BatchFailure failure, Instant now) {
		return statement.bind("id", id.value())
			.bind("failure", failure.code())
			.bind("detail", failure.detail())
			.bind("now", now)
			.fetch()
			.rowsUpdated();
	}

	@Override
	public Mono<BatchTurn> takeTurn(Instant now, long lead) {
		return this.database.sql(TAKE_TURN).bind("now", now).bind("lead", lead).map(R2dbcBatches::turn).one();
	}

	private static BatchTurn turn(Readable row) {
		return new BatchTurn(BatchTableRow.batch(row), requireNonNull(row.get("chunk", Integer.class)),
				requireNonNull(row.get("failed_turns", Integer.class)), row.get("day", LocalDate.class),
				requireNonNull(row.get("invited", Long.class)));
	}

	@Override
	public Mono<List<BatchRow>> undecided(BatchTurn turn) {
		return this.database.sql(UNDECIDED)
			.bind("id", turn.batch().id().value())
			.bind("chunk", turn.chunk())
			.mapValue(byte[].class)
			.one()
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("chunk " + turn.chunk() + ": no rows")))
			.map(StoredRows::decode);
	}

	@Override
	public Mono<Void> resume(BatchTurn turn, Instant now) {
		return this.database.sql(RESUME).bind("id", turn.batch().id().value()).bind("now", now).then();
	}

	@Override
	public Mono<Void> passOver(BatchTurn turn, Instant now, Instant again) {
		return this.database.sql(PASS_OVER)
			.bind("partnerSpaceId", turn.batch().partnerSpaceId().value())
			.bind("id", turn.batch().id().value())
			.bind("failures", turn.failures() + 1)
			.bind("now", now)
			.bind("again", again)
			.then();
	}

	@Override
	public Mono<Map<ClientKey, Integer>> seen(BatchId id, Collection<ClientKey> keys) {
		if (keys.isEmpty()) {
			return Mono.just(Map.of());
		}
		Map<String, ClientKey> byHash = keys.stream().collect(Collectors.toMap(R2dbcBatches::hash, (key) -> key));
		return this.database.sql(SEEN)
			.bind("id", id.value())
			.bind("hashes", byHash.keySet().toArray(String[]::new))
			.map((row) -> Map.entry(
					requireNonNull(
							byHash.get(HexFormat.of().formatHex(requireNonNull(row.get("client", byte[].class))))),
					requireNonNull(row.get("number", Integer.class))))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	@Override
	public Mono<Void> noteSeen(BatchId id, Map<ClientKey, Integer> rows) {
		List<Map.Entry<ClientKey, Integer>> entries = List.copyOf(rows.entrySet());
		return entries.isEmpty() ? Mono.empty()
				: this.database.sql(NOTE_SEEN)
					.bind("id", id.value())
					.bind("hashes", column(entries, String[]::new, (entry) -> hash(entry.getKey())))
					.bind("numbers", column(entries, Integer[]::new, Map.Entry::getValue))
					.then();
	}

	/** No personal data in a table that does not need it, and all of one length. */
	private static String hash(ClientKey key) {
		byte[] digest = StoredRows.digest(key.text().getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
	}

	@Override
	public Mono<Void> record(BatchTurn turn, TurnOutcome outcome) {
		Map<String, Long> counts = outcome.results()
			.stream()
			.collect(Collectors.groupingBy(RowResult::countName, HashMap::new, Collectors.counting()));
		long mails = turn.batch().dryRun() ? 0
				: outcome.results().stream().filter((result) -> result.state() == RowState.INVITED).count();
		if (mails > 0) {
			counts.put("mail:QUEUED", mails);
		}
		List<Map.Entry<String, Long>> changes = List.copyOf(counts.entrySet());
		boolean done = outcome.left().isEmpty();
		return bindResults(this.database.sql(RECORD), outcome.results()).bind("batchId", turn.batch().id().value())
			.bind("partnerSpaceId", turn.batch().partnerSpaceId().value())
			.bind("names", column(changes, String[]::new, Map.Entry::getKey))
			.bind("values", column(changes, Long[]::new, Map.Entry::getValue))
			.bind("chunk", turn.chunk())
			.bind("left", Parameters.in(R2dbcType.VARBINARY, done ? null : StoredRows.encode(outcome.left())))
			.bind("decidedChunks", done ? turn.chunk() : turn.chunk() - 1)
			.bind("mailedAgain", outcome.mailedAgain())
			.bind("pacedUntil", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, outcome.pacedUntil()))
			.bind("day", outcome.day())
			.bind("invited", outcome.invitedToday())
			.bind("now", outcome.at())
			.then();
	}

	private static GenericExecuteSpec bindResults(GenericExecuteSpec statement, List<RowResult> results) {
		Contents contents = Contents.of(results);
		return statement.bind("numbers", column(results, Integer[]::new, (result) -> result.row().number()))
			.bind("lines", column(results, Integer[]::new, (result) -> result.row().line()))
			.bind("rowRefs", column(results, String[]::new, (result) -> result.row().rowRef()))
			.bind("states", column(results, String[]::new, (result) -> result.state().name()))
			.bind("reasons",
					column(results, String[]::new,
							(result) -> (result.reason() != null) ? result.reason().code() : null))
			.bind("details", column(results, String[]::new, RowResult::detail))
			.bind("clientIds",
					column(results, UUID[]::new,
							(result) -> (result.clientId() != null) ? result.clientId().value() : null))
			.bind("invitationIds",
					column(results, UUID[]::new,
							(result) -> (result.invitationId() != null) ? result.invitationId().value() : null))
			.bind("contents", contents.bytes())
			.bind("starts", contents.starts())
			.bind("sizes", contents.sizes());
	}

	@Override
	public Mono<Long> settle(Instant now, Instant abandonedBefore) {
		Mono<Long> failed = this.database.sql(FAIL_ABANDONED)
			.bind("failure", BatchFailure.UPLOAD_INCOMPLETE.code())
			.bind("detail", BatchFailure.UPLOAD_INCOMPLETE.detail())
			.bind("now", now)
			.bind("abandonedBefore", abandonedBefore)
			.fetch()
			.rowsUpdated();
		return this.database.sql(SETTLE)
			.bind("now", now)
			.fetch()
			.rowsUpdated()
			.flatMap((settled) -> failed.map((abandoned) -> settled + abandoned));
	}

	@Override
	public Mono<Void> discardUndecided(int chunks) {
		return this.database.sql(DISCARD_UNDECIDED).bind("limit", chunks).then();
	}

	@Override
	public Mono<InvitationBatch> requestCancellation(PartnerSpaceId partnerSpaceId, BatchId id, String requestedBy,
			Instant now) {
		return change(this.database.sql(REQUEST_CANCELLATION).bind("requestedBy", requestedBy), partnerSpaceId, id, now,
				(ended) -> new BatchEnded(id, ended.state()));
	}

	@Override
	public Mono<InvitationBatch> reopen(PartnerSpaceId partnerSpaceId, BatchId id, Instant now) {
		return change(this.database.sql(REOPEN), partnerSpaceId, id, now,
				(batch) -> new BatchNotDone(id, batch.state()));
	}

	/** A batch that is in no state for the change stays as it is. */
	private Mono<InvitationBatch> change(GenericExecuteSpec change, PartnerSpaceId partnerSpaceId, BatchId id,
			Instant now, Function<InvitationBatch, RuntimeException> refusal) {
		return change.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("id", id.value())
			.bind("now", now)
			.map(BatchTableRow::batch)
			.one()
			.switchIfEmpty(Mono.defer(() -> require(partnerSpaceId, id)).map((batch) -> {
				throw refusal.apply(batch);
			}));
	}

	@Override
	public Mono<List<BatchRow>> takeSkipped(BatchId id, int after, int limit) {
		return take(this.database.sql(TAKE.formatted(SKIPPED)).bind("after", after).bind("limit", limit), id)
			.collectList();
	}

	@Override
	public Mono<Map<String, BatchRow>> takeFailed(BatchId id, Collection<String> rowRefs) {
		return take(this.database.sql(TAKE.formatted(FIRST_FAILED)).bind("rowRefs", rowRefs.toArray(String[]::new)), id)
			.collectMap((row) -> requireNonNull(row.rowRef()));
	}

	private static Flux<BatchRow> take(GenericExecuteSpec statement, BatchId id) {
		return statement.bind("id", id.value()).mapValue(byte[].class).all().concatMapIterable(StoredRows::decode);
	}

	@Override
	public Mono<List<BatchRow>> undelivered(BatchId id, int after, int limit) {
		return this.database.sql(UNDELIVERED)
			.bind("id", id.value())
			.bind("after", after)
			.bind("limit", limit)
			.map(R2dbcBatches::undelivered)
			.all()
			.collectList();
	}

	private static BatchRow undelivered(Readable row) {
		return new BatchRow(requireNonNull(row.get("number", Integer.class)),
				requireNonNull(row.get("line", Integer.class)), row.get("row_ref", String.class),
				new Undelivered(new ClientId(requireNonNull(row.get("client_id", UUID.class))),
						new InvitationId(requireNonNull(row.get("id", UUID.class)))));
	}

	@Override
	public Mono<Void> addAgain(BatchId id, List<BatchRow> rows) {
		return Mono.fromSupplier(() -> StoredRows.encode(rows))
			.flatMap((content) -> this.database.sql(ADD_AGAIN)
				.bind("id", id.value())
				.bind("digest", StoredRows.digest(content))
				.bind("content", content)
				.then());
	}

	@Override
	public Mono<Long> removeEnded(Instant before, int limit) {
		return this.database.sql(REMOVE_ENDED).bind("before", before).bind("limit", limit).mapValue(Long.class).one();
	}

	@Override
	public Mono<Long> foldCounts(int limit) {
		return this.database.sql(FOLD_COUNTS).bind("limit", limit).mapValue(Long.class).one();
	}

	@Override
	public Mono<InvitationBatch> require(PartnerSpaceId partnerSpaceId, BatchId id) {
		return this.database.sql(FIND + "   AND id = :id")
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("id", id.value())
			.map(BatchTableRow::batch)
			.one()
			.switchIfEmpty(Mono.error(() -> new BatchNotFound(id)));
	}

	@Override
	public Mono<Page<InvitationBatch>> list(PartnerSpaceId partnerSpaceId, PageRequest page) {
		String after = (page.cursor() != null) ? "   AND id < :after\n" : "";
		GenericExecuteSpec query = this.database.sql(FIND + after + " ORDER BY id DESC\n LIMIT :rows")
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
	public Flux<ListedRow> rows(BatchId id, @Nullable RowState state, RowPosition after, int limit) {
		return some(id, state, after, limit)
			.expand((some) -> some.mayGoOn() ? some(id, state, some.next(), some.room()) : Mono.empty())
			.concatMapIterable(SomeRows::rows);
	}

	private Mono<SomeRows> some(BatchId id, @Nullable RowState state, RowPosition after, int limit) {
		return this.database.sql(ROWS.formatted(condition(state)))
			.bind("id", id.value())
			.bind("after", after.row())
			.bind("chunk", after.chunk())
			.bind("waiting", state == null || state == RowState.WAITING)
			.bind("limit", limit)
			.map((row) -> listed(row, after))
			.all()
			.collectList()
			.map((parts) -> SomeRows.of(parts, after, limit));
	}

	/** The row, or those of the chunk that are after the place. */
	private static Listed listed(Readable row, RowPosition after) {
		byte[] content = row.get("content", byte[].class);
		if (content == null) {
			return new Listed(0, List.of(listed(row)));
		}
		int chunk = requireNonNull(row.get("chunk", Integer.class));
		return new Listed(chunk,
				StoredRows.decode(content)
					.stream()
					.filter((each) -> each.number() > after.row())
					.map((each) -> ListedRow.waiting(each, chunk))
					.toList());
	}

	/** States stand in the statement itself: what is rare has an index. */
	private static String condition(@Nullable RowState state) {
		return switch (state) {
			case null -> "true";
			case INVITED -> INVITED;
			case CANCELLED -> CANCELLED;
			case WAITING, SKIPPED, INVALID -> "listed.state = '" + state.name() + "'";
		};
	}

	private static ListedRow listed(Readable row) {
		return new ListedRow(requireNonNull(row.get("number", Integer.class)),
				requireNonNull(row.get("line", Integer.class)), row.get("row_ref", String.class),
				RowState.valueOf(requireNonNull(row.get("state", String.class))), row.get("reason", String.class),
				row.get("detail", String.class), row.get("client_id", UUID.class), row.get("invitation_id", UUID.class),
				row.get("delivery_state", String.class), row.get("delivery_reason", String.class), 0);
	}

	private static <T, V> @Nullable V[] column(List<T> rows, IntFunction<@Nullable V[]> array,
			Function<T, ? extends @Nullable V> value) {
		return rows.stream().map(value).toArray(array);
	}

	private record Count(BatchId batchId, String name, long value) {
	}

	/**
	 * Rows of a chunk, or one that was decided.
	 *
	 * @param chunk which chunk, 0 for none
	 * @param rows the rows
	 */
	private record Listed(int chunk, List<ListedRow> rows) {
	}

	/**
	 * Some of the rows that are asked for.
	 *
	 * @param rows the rows
	 * @param next where the others are
	 * @param room how many more are asked for
	 */
	private record SomeRows(List<ListedRow> rows, RowPosition next, int room) {

		static SomeRows of(List<Listed> parts, RowPosition after, int limit) {
			List<ListedRow> rows = parts.stream().flatMap((part) -> part.rows().stream()).limit(limit).toList();
			int chunk = parts.isEmpty() ? 0 : parts.getLast().chunk();
			int last = rows.isEmpty() ? after.row() : rows.getLast().number();
			return new SomeRows(rows, new RowPosition(last, chunk + 1), (chunk != 0) ? limit - rows.size() : 0);
		}

		/** After a chunk there can be another one. */
		boolean mayGoOn() {
			return this.room > 0;
		}

	}

	/**
	 * The rows of those results that can be tried again, as they came: one array of bytes
	 * for all, as the driver has no arrays of byte arrays.
	 */
	private record Contents(byte[] bytes, @Nullable Integer[] starts, @Nullable Integer[] sizes) {

		static Contents of(List<RowResult> results) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			@Nullable Integer[] starts = new @Nullable Integer[results.size()];
			@Nullable Integer[] sizes = new @Nullable Integer[results.size()];
			for (int i = 0; i < results.size(); i++) {
				RowResult result = results.get(i);
				if (result.state() == RowState.SKIPPED || result.state() == RowState.INVALID) {
					byte[] content = StoredRows.encode(List.<BatchRow>of(result.row()));
					starts[i] = bytes.size() + 1;
					sizes[i] = content.length;
					bytes.writeBytes(content);
				}
			}
			return new Contents(bytes.toByteArray(), starts, sizes);
		}

	}

}
