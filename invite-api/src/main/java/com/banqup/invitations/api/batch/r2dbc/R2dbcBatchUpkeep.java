package com.banqup.invitations.api.batch.r2dbc;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchUpkeep;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

/** Several processes can do all of this at the same time. */
@Repository
class R2dbcBatchUpkeep implements BatchUpkeep {

	/**
	 * A batch that is done waits for no mail that is tried again later; one that was
	 * stopped does, while it can be heard of.
	 */
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
			                                    AND (counted.name = 'mail:QUEUED'
			                                         OR (counted.name = 'mail:DEFERRED'
			                                             AND batch.cancel_requested_at >= :silentBefore))
			                                 HAVING sum(value) > 0)
			                 FOR NO KEY UPDATE SKIP LOCKED)
			""";

	/**
	 * Nothing waits that is older than waiting_since, so it is seldom that anybody has to
	 * look; then no more than the lead wait, and an index leads to them. Those that
	 * somebody else works on are passed over: something was just heard of them.
	 */
	private static final String WRITE_OFF_SILENT = """
			WITH batch AS MATERIALIZED (
			    SELECT id, partner_space_id
			      FROM invitation_batch batch
			     WHERE state = 'RUNNING'
			       AND coalesce(waiting_since, received_at) < :silentBefore
			       AND EXISTS (SELECT
			                     FROM invitation_batch_count counted
			                    WHERE counted.batch_id = batch.id
			                      AND counted.name = 'mail:QUEUED'
			                   HAVING sum(value) > 0)
			     LIMIT 1
			       FOR NO KEY UPDATE SKIP LOCKED
			), waiting AS MATERIALIZED (
			    SELECT invitation.id, invitation.requested_at
			      FROM batch
			      JOIN invitation ON invitation.partner_space_id = batch.partner_space_id
			                     AND invitation.delivery_state = 'QUEUED'
			                     AND invitation.delivery_reason IS NULL
			                     AND invitation.batch_id = batch.id
			), silent AS MATERIALIZED (
			    SELECT id
			      FROM invitation
			     WHERE id IN (SELECT id FROM waiting WHERE requested_at < :silentBefore)
			       AND delivery_state = 'QUEUED'
			       AND requested_at < :silentBefore
			     LIMIT :limit
			       FOR NO KEY UPDATE SKIP LOCKED
			), written_off AS (
			    UPDATE invitation
			       SET delivery_reason = 'nothing-heard'
			     WHERE id IN (SELECT id FROM silent)
			), looked AS (
			    UPDATE invitation_batch
			       SET waiting_since = (SELECT greatest(coalesce(min(requested_at), :now), :silentBefore)
			                              FROM waiting
			                             WHERE id NOT IN (SELECT id FROM silent))
			     WHERE id = (SELECT id FROM batch)
			)
			SELECT id, partner_space_id, (SELECT count(*) FROM silent) AS mails
			  FROM batch
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
	public Mono<Long> settle(Instant now, Instant abandonedBefore, Instant silentBefore) {
		return this.database.sql(SETTLE)
			.bind("now", now)
			.bind("silentBefore", silentBefore)
			.fetch()
			.rowsUpdated()
			.flatMap((settled) -> failAbandoned(now, abandonedBefore).map((abandoned) -> settled + abandoned));
	}

	private Mono<Long> failAbandoned(Instant now, Instant abandonedBefore) {
		return this.table.fail("state = 'RECEIVING' AND taken_at < :abandonedBefore",
				(statement) -> statement.bind("abandonedBefore", abandonedBefore), BatchFailure.UPLOAD_INCOMPLETE, now);
	}

	@Override
	public Mono<SilentMails> writeOffSilent(Instant now, Instant silentBefore, int limit) {
		return this.database.sql(WRITE_OFF_SILENT)
			.bind("now", now)
			.bind("silentBefore", silentBefore)
			.bind("limit", limit)
			.map((row) -> new SilentMails(new BatchId(requireNonNull(row.get("id", UUID.class))),
					new PartnerSpaceId(requireNonNull(row.get("partner_space_id", UUID.class))),
					requireNonNull(row.get("mails", Long.class))))
			.one();
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
