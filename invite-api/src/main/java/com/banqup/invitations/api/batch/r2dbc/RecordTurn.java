package com.banqup.invitations.api.batch.r2dbc;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchCounts;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchTurn;
import com.banqup.invitations.api.batch.BatchTurns.TurnOutcome;
import com.banqup.invitations.api.batch.RowResult;
import com.banqup.invitations.api.batch.RowState;
import com.banqup.invitations.api.batch.TurnFailures;
import com.banqup.invitations.api.database.Columns;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Writes down what a turn brought about: the rows, the counts and where to go on, in one
 * statement.
 */
final class RecordTurn {

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
			       settled_before = settled_before - :again,
			       failed_turns = :failedTurns,
			       suspect_rows = :suspects,
			       next_rows = :nextRows,
			       failed_row = :failedRow,
			       failed_rows_in_a_row = :failedRowsInARow,
			       failed_rows = :failedRows,
			       again_at = NULL
			 WHERE id = :batchId
			""";

	private final DatabaseClient database;

	RecordTurn(DatabaseClient database) {
		this.database = database;
	}

	Mono<Void> record(BatchTurn turn, TurnOutcome outcome) {
		boolean done = outcome.left().isEmpty();
		GenericExecuteSpec statement = bindResults(this.database.sql(RECORD), outcome.results());
		return bindFailures(bindCounts(statement, counts(outcome)), outcome.failures())
			.bind("batchId", turn.batch().id().value())
			.bind("partnerSpaceId", turn.batch().partnerSpaceId().value())
			.bind("chunk", turn.chunk())
			.bind("left", Parameters.in(R2dbcType.VARBINARY, done ? null : StoredRows.encode(outcome.left())))
			.bind("decidedChunks", done ? turn.chunk() : turn.chunk() - 1)
			.bind("again", outcome.again())
			.bind("pacedUntil", Parameters.in(R2dbcType.TIMESTAMP_WITH_TIME_ZONE, outcome.pacedUntil()))
			.bind("day", outcome.day())
			.bind("invited", outcome.invitedToday())
			.bind("now", outcome.at())
			.then();
	}

	/** For an update of the batch. */
	static GenericExecuteSpec bindFailures(GenericExecuteSpec statement, TurnFailures failures) {
		return statement.bind("failedTurns", failures.turns())
			.bind("suspects", failures.suspects())
			.bind("nextRows", failures.next())
			.bind("failedRow", Parameters.in(R2dbcType.INTEGER, failures.row()))
			.bind("failedRowsInARow", failures.rowsInARow())
			.bind("failedRows", failures.rows());
	}

	private static GenericExecuteSpec bindResults(GenericExecuteSpec statement, List<RowResult> results) {
		Columns<RowResult> columns = new Columns<>(results);
		Contents contents = Contents.of(results);
		return statement.bind("numbers", columns.column((result) -> result.row().number(), Integer[]::new))
			.bind("lines", columns.column((result) -> result.row().line(), Integer[]::new))
			.bind("rowRefs", columns.column((result) -> result.row().rowRef(), String[]::new))
			.bind("states", columns.column((result) -> result.state().name(), String[]::new))
			.bind("reasons", columns.column(RecordTurn::reasonCode, String[]::new))
			.bind("details", columns.column(RowResult::detail, String[]::new))
			.bind("clientIds", columns.column(RecordTurn::clientId, UUID[]::new))
			.bind("invitationIds", columns.column(RecordTurn::invitationId, UUID[]::new))
			.bind("contents", contents.bytes())
			.bind("starts", contents.starts())
			.bind("sizes", contents.sizes());
	}

	private static @Nullable String reasonCode(RowResult result) {
		return (result.reason() != null) ? result.reason().code() : null;
	}

	private static @Nullable UUID clientId(RowResult result) {
		return (result.clientId() != null) ? result.clientId().value() : null;
	}

	private static @Nullable UUID invitationId(RowResult result) {
		return (result.invitationId() != null) ? result.invitationId().value() : null;
	}

	private static Map<String, Long> counts(TurnOutcome outcome) {
		Map<String, Long> counts = new HashMap<>();
		outcome.results().stream().filter((result) -> !result.countsAsBefore()).forEach((result) -> {
			counts.merge(result.countName(), 1L, Long::sum);
			if (result.invitedBefore()) {
				counts.merge(BatchCounts.INVITED, -1L, Long::sum);
			}
		});
		if (outcome.invited() > 0) {
			counts.put(BatchCounts.QUEUED, outcome.invited());
		}
		return counts;
	}

	private static GenericExecuteSpec bindCounts(GenericExecuteSpec statement, Map<String, Long> counts) {
		Columns<Map.Entry<String, Long>> changes = new Columns<>(counts.entrySet());
		return statement.bind("names", changes.column(Map.Entry::getKey, String[]::new))
			.bind("values", changes.column(Map.Entry::getValue, Long[]::new));
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
