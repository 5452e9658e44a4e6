package com.banqup.invitations.api.batch.r2dbc;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchUpkeep;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/** Several processes can do all of this at the same time. */
@Repository
class R2dbcBatchUpkeep implements BatchUpkeep {

	private static final String SETTLE = """
			UPDATE invitation_batch
			   SET state = CASE WHEN cancel_requested_at IS NULL THEN 'COMPLETED' ELSE 'CANCELLED' END,
			       idempotency_key = CASE WHEN cancel_requested_at IS NULL THEN idempotency_key END,
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

	private static final String SETTLE_SILENT = """
			UPDATE invitation_batch
			   SET state = CASE WHEN cancel_requested_at IS NULL THEN 'COMPLETED' ELSE 'CANCELLED' END,
			       idempotency_key = CASE WHEN cancel_requested_at IS NULL THEN idempotency_key END,
			       paced_until = NULL,
			       ended_at = :now
			 WHERE state = 'RUNNING'
			   AND decided_chunks = chunks
			   AND decided_at < :silentBefore
			RETURNING id
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

	private final DatabaseClient database;

	private final BatchTable table;

	R2dbcBatchUpkeep(DatabaseClient database) {
		this.database = database;
		this.table = new BatchTable(database);
	}

	@Override
	public Mono<Long> settle(Instant now, Instant abandonedBefore) {
		return this.database.sql(SETTLE)
			.bind("now", now)
			.fetch()
			.rowsUpdated()
			.flatMap((settled) -> failAbandoned(now, abandonedBefore).map((abandoned) -> settled + abandoned));
	}

	private Mono<Long> failAbandoned(Instant now, Instant abandonedBefore) {
		return this.table.fail("state = 'RECEIVING' AND taken_at < :abandonedBefore",
				(statement) -> statement.bind("abandonedBefore", abandonedBefore), BatchFailure.UPLOAD_INCOMPLETE, now);
	}

	@Override
	public Flux<BatchId> settleSilent(Instant now, Instant silentBefore) {
		return this.database.sql(SETTLE_SILENT)
			.bind("now", now)
			.bind("silentBefore", silentBefore)
			.mapValue(UUID.class)
			.all()
			.map(BatchId::new);
	}

	@Override
	public Mono<Void> discardUndecided(int chunks) {
		return this.database.sql(DISCARD_UNDECIDED).bind("limit", chunks).then();
	}

	@Override
	public Mono<Long> removeEnded(Instant before, int limit) {
		return this.database.sql(REMOVE_ENDED).bind("before", before).bind("limit", limit).mapValue(Long.class).one();
	}

	@Override
	public Mono<Long> foldCounts(int limit) {
		return this.database.sql(FOLD_COUNTS).bind("limit", limit).mapValue(Long.class).one();
	}

}
