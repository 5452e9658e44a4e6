package com.banqup.invitations.api.batch.r2dbc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchTurn;
import com.banqup.invitations.api.batch.BatchTurns;
import com.banqup.invitations.api.batch.BatchTurns.TurnOutcome;
import com.banqup.invitations.api.batch.ClientKey;
import com.banqup.invitations.api.batch.TurnFailures;
import com.banqup.invitations.api.batch.Undecided;
import com.banqup.invitations.api.database.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

/**
 * Whoever has a turn holds the batch and the row of its Partner Space's bulks until the
 * transaction ends.
 */
@Repository
class R2dbcBatchTurns implements BatchTurns {

	/**
	 * Whoever is at work on a Partner Space's bulks has its row: others pass it over. The
	 * rows are read afterwards, when nobody can change them any more. What is beyond the
	 * lead would lie in the topic before another Partner Space's requests; those of a
	 * batch that was stopped are passed over there in no time. Mails that nothing was
	 * heard of do not lie there any more, and are counted under another name.
	 */
	private static final String TAKE_TURN = """
			WITH ahead AS (
			    SELECT running.partner_space_id
			      FROM invitation_batch running
			      JOIN invitation_batch_count counted ON counted.batch_id = running.id
			                                         AND counted.name = 'mail:QUEUED'
			     WHERE running.state = 'RUNNING'
			       AND running.cancel_requested_at IS NULL
			     GROUP BY running.partner_space_id
			    HAVING sum(counted.value) > :lead
			)
			SELECT %s, bulk.day, bulk.invited, batch.decided_chunks + 1 AS chunk,
			       batch.decided_chunks >= coalesce(batch.uploaded_chunks, batch.chunks) AS again, batch.failed_turns,
			       batch.suspect_rows, batch.next_rows, batch.failed_row, batch.failed_rows_in_a_row, batch.failed_rows
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

	private static final String UNDECIDED = """
			SELECT content
			  FROM invitation_batch_chunk
			 WHERE batch_id = :id
			   AND number = :chunk
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

	private static final String PASS_OVER = """
			WITH bulk AS (
			    UPDATE partner_space_bulk
			       SET served_at = :now
			     WHERE partner_space_id = :partnerSpaceId
			)
			UPDATE invitation_batch
			   SET failed_turns = :failedTurns,
			       suspect_rows = :suspects,
			       next_rows = :nextRows,
			       failed_row = :failedRow,
			       failed_rows_in_a_row = :failedRowsInARow,
			       failed_rows = :failedRows,
			       again_at = :again
			 WHERE id = :id
			   AND failed_turns = :turns
			   AND decided_chunks = :chunk - 1
			""";

	private final DatabaseClient database;

	private final RecordTurn recordTurn;

	private final BatchTable table;

	R2dbcBatchTurns(DatabaseClient database) {
		this.database = database;
		this.recordTurn = new RecordTurn(database);
		this.table = new BatchTable(database);
	}

	@Override
	public Mono<BatchTurn> takeTurn(Instant now, long lead) {
		return this.database.sql(TAKE_TURN).bind("now", now).bind("lead", lead).map(R2dbcBatchTurns::turn).one();
	}

	private static BatchTurn turn(Readable row) {
		return new BatchTurn(BatchTableRow.batch(row), requireNonNull(row.get("chunk", Integer.class)),
				requireNonNull(row.get("again", Boolean.class)), failures(row), row.get("day", LocalDate.class),
				requireNonNull(row.get("invited", Long.class)));
	}

	private static TurnFailures failures(Readable row) {
		return new TurnFailures(requireNonNull(row.get("failed_turns", Integer.class)),
				requireNonNull(row.get("suspect_rows", Integer.class)),
				requireNonNull(row.get("next_rows", Integer.class)), row.get("failed_row", Integer.class),
				requireNonNull(row.get("failed_rows_in_a_row", Integer.class)),
				requireNonNull(row.get("failed_rows", Integer.class)));
	}

	@Override
	public Mono<Void> resume(BatchTurn turn, Instant now) {
		return this.database.sql(RESUME).bind("id", turn.batch().id().value()).bind("now", now).then();
	}

	@Override
	public Mono<Undecided> undecided(BatchTurn turn) {
		return this.database.sql(UNDECIDED)
			.bind("id", turn.batch().id().value())
			.bind("chunk", turn.chunk())
			.mapValue(byte[].class)
			.one()
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("chunk " + turn.chunk() + ": no rows")))
			.map(StoredRows::decodeChunk);
	}

	@Override
	public Mono<Map<ClientKey, Integer>> seen(BatchId id, Collection<ClientKey> keys) {
		if (keys.isEmpty()) {
			return Mono.just(Map.of());
		}
		Map<String, ClientKey> byHash = keys.stream().collect(Collectors.toMap(R2dbcBatchTurns::hash, (key) -> key));
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
		if (rows.isEmpty()) {
			return Mono.empty();
		}
		Columns<Map.Entry<ClientKey, Integer>> seen = new Columns<>(rows.entrySet());
		return this.database.sql(NOTE_SEEN)
			.bind("id", id.value())
			.bind("hashes", seen.column((entry) -> hash(entry.getKey()), String[]::new))
			.bind("numbers", seen.column(Map.Entry::getValue, Integer[]::new))
			.then();
	}

	/** No personal data in a table that does not need it, and all of one length. */
	private static String hash(ClientKey key) {
		byte[] digest = StoredRows.digest(key.text().getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().formatHex(Arrays.copyOf(digest, 16));
	}

	@Override
	public Mono<Void> record(BatchTurn turn, TurnOutcome outcome) {
		return this.recordTurn.record(turn, outcome);
	}

	@Override
	public Mono<Boolean> passOver(BatchTurn turn, TurnFailures failures, Instant now, Instant again) {
		return RecordTurn.bindFailures(this.database.sql(PASS_OVER), failures)
			.bind("partnerSpaceId", turn.batch().partnerSpaceId().value())
			.bind("id", turn.batch().id().value())
			.bind("turns", turn.failures().turns())
			.bind("chunk", turn.chunk())
			.bind("now", now)
			.bind("again", again)
			.fetch()
			.rowsUpdated()
			.map((changed) -> changed > 0);
	}

	@Override
	public Mono<Boolean> giveUp(BatchTurn turn, BatchFailure failure, Instant now) {
		return this.table
			.fail("id = :id AND state = 'RUNNING' AND failed_turns = :turns AND decided_chunks = :chunk - 1",
					(statement) -> statement.bind("id", turn.batch().id().value())
						.bind("turns", turn.failures().turns())
						.bind("chunk", turn.chunk()),
					failure, now)
			.map((failed) -> failed > 0);
	}

}
