package com.banqup.invitations.api.batch.r2dbc;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchRows;
import com.banqup.invitations.api.batch.ListedRow;
import com.banqup.invitations.api.batch.RowPosition;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.batch.RowState;
import com.banqup.invitations.link.LinkToken;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

/** Decided rows lie in a table, those that wait in the chunks in which they came. */
@Repository
class R2dbcBatchRows implements BatchRows {

	/**
	 * Rows that were decided, and if there are too few of them, the next chunk of those
	 * that were not: these are the last ones of the batch.
	 */
	private static final String ROWS = """
			WITH decided AS (
			    SELECT listed.number, listed.line, listed.row_ref,
			           CASE WHEN invitation.delivery_state = 'CANCELLED' THEN 'CANCELLED' ELSE listed.state END AS state,
			           listed.reason, listed.detail, listed.client_id, listed.invitation_id,
			           invitation.delivery_state, invitation.delivery_reason,
			           invitation.state AS invitation_state, invitation.generation,
			           invitation.revocation_requested_at IS NOT NULL AS revoking
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
			       invitation_state, generation, revoking, NULL::int AS chunk, NULL::bytea AS content
			  FROM decided
			UNION ALL
			SELECT NULL, NULL, NULL, 'WAITING', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, number, content
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

	private static final Set<String> NOT_ARRIVED = Set.of("QUEUED", "DEFERRED", "REJECTED");

	private final DatabaseClient database;

	R2dbcBatchRows(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Flux<ListedRow> list(BatchId id, @Nullable RowState state, RowPosition after, int limit) {
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

	/** States stand in the statement itself: what is rare has an index. */
	private static String condition(@Nullable RowState state) {
		return switch (state) {
			case null -> "true";
			case INVITED -> INVITED;
			case CANCELLED -> CANCELLED;
			case WAITING, SKIPPED, INVALID -> "listed.state = '" + state.name() + "'";
		};
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

	private static ListedRow listed(Readable row) {
		RowReason standing = standing(row);
		return new ListedRow(requireNonNull(row.get("number", Integer.class)),
				requireNonNull(row.get("line", Integer.class)), row.get("row_ref", String.class),
				RowState.valueOf(requireNonNull(row.get("state", String.class))),
				(standing != null) ? standing.code() : row.get("reason", String.class),
				(standing != null) ? standing.sentence() : row.get("detail", String.class),
				row.get("client_id", UUID.class), row.get("invitation_id", UUID.class),
				row.get("delivery_state", String.class), row.get("delivery_reason", String.class), 0);
	}

	/**
	 * Why a mail that has not arrived is not asked for again, whatever is tried; null if
	 * it can be.
	 */
	private static @Nullable RowReason standing(Readable row) {
		String delivery = row.get("delivery_state", String.class);
		if (delivery == null || !NOT_ARRIVED.contains(delivery)) {
			return null;
		}
		String state = requireNonNull(row.get("invitation_state", String.class));
		boolean revoking = requireNonNull(row.get("revoking", Boolean.class));
		if (state.equals("REVOKED") || (revoking && !state.equals("ACCEPTED"))) {
			return RowReason.REVOKED;
		}
		int generation = requireNonNull(row.get("generation", Integer.class));
		return (state.equals("PENDING") && generation >= LinkToken.MAX_GENERATION) ? RowReason.SENT_TOO_OFTEN : null;
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

}
