package com.banqup.invitations.outbox;

import java.util.Collection;
import java.util.List;

import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

import static java.util.Objects.requireNonNull;

/**
 * The table as the active relay sees it, through the connection that holds its lock: when
 * that is lost, nothing can be read or deleted any more.
 */
final class OutboxTable {

	private static final String ROWS = "id, message_key, payload, traceparent, attempts";

	/**
	 * Walks from topic to topic in the index instead of reading all rows. It has a
	 * parameter because the driver prepares, and so PostgreSQL plans once, only what has
	 * one.
	 */
	private static final String TOPICS = """
			with recursive waiting as (
			    (select topic from outbox where topic > :after order by topic limit 1)
			    union all
			    select (select next.topic from outbox as next where next.topic > waiting.topic order by next.topic limit 1)
			    from waiting
			    where waiting.topic is not null)
			select topic from waiting where topic is not null
			""";

	/**
	 * In digits: decoding bytes is the driver's slowest operation, and on an event loop.
	 */
	private static final String HEAD = """
			select id, message_key, encode(payload, 'hex'), traceparent, attempts
			from (select %1$s,
			             sum(octet_length(payload)) over (order by id rows unbounded preceding) - octet_length(payload) as before
			      from (select %1$s from outbox where topic = :topic %2$s order by id limit :limit) as head) as sized
			where before < :bytes
			order by id
			""";

	private static final String NEXT = HEAD.formatted(ROWS, "");

	/** The subquery is hashed; the rows still come by the index, in order. */
	private static final String NEXT_OF_FREE_KEYS = HEAD.formatted(ROWS,
			"and message_key not in (select unnest(:held::text[]))");

	private static final String SUSPECTS_DUE = HEAD.formatted(ROWS,
			"and attempts > 0 and next_attempt_at <= statement_timestamp()");

	private static final String KEYS_OF_SUSPECTS = "select message_key from outbox where topic = :topic and attempts > 0";

	private static final String DELETE = "delete from outbox where topic = :topic and id = any(:ids)";

	private static final String SUSPECT = """
			update outbox
			set attempts = attempts + 1,
			    next_attempt_at = statement_timestamp() + failure.pause * interval '1 millisecond',
			    last_error = failure.error
			from unnest(:ids::bigint[], :errors::text[], :pauses::bigint[]) as failure (failed, error, pause)
			where topic = :topic and id = any(:ids) and id = failure.failed
			""";

	private static final String PARK = """
			with parked as (
			    delete from outbox
			    using unnest(:ids::bigint[], :errors::text[]) as failure (failed, error)
			    where topic = :topic and id = any(:ids) and id = failure.failed
			    returning outbox.*, failure.error)
			insert into outbox_parked (id, topic, message_key, payload, traceparent, appended_at, attempts, error)
			select id, topic, message_key, payload, traceparent, appended_at, attempts + 1, error
			from parked
			""";

	private final DatabaseClient database;

	private final OutboxProperties properties;

	OutboxTable(DatabaseClient database, OutboxProperties properties) {
		this.database = database;
		this.properties = properties;
	}

	/** The topics that have rows. */
	Mono<List<String>> topics() {
		return timely(this.database.sql(TOPICS).bind("after", "").map((row) -> text(row, "topic")).all().collectList());
	}

	/** The first rows of the topic, in order, without the rows of these keys. */
	Mono<List<OutboxRow>> next(String topic, Collection<String> heldKeys) {
		DatabaseClient.GenericExecuteSpec query = heldKeys.isEmpty() ? this.database.sql(NEXT)
				: this.database.sql(NEXT_OF_FREE_KEYS).bind("held", heldKeys.toArray(String[]::new));
		return read(query, topic, this.properties.batchSize());
	}

	/** Whether these are as many as {@link #next} reads, so that there may be more. */
	boolean isFull(List<OutboxRow> rows) {
		return rows.size() >= this.properties.batchSize()
				|| rows.stream().mapToLong(OutboxRow::bytes).sum() >= this.properties.batchBytes().toBytes();
	}

	/**
	 * The first of the rows that were at fault before and may be tried again now.
	 * @param most how many at most
	 */
	Mono<List<OutboxRow>> suspectsDue(String topic, int most) {
		return read(this.database.sql(SUSPECTS_DUE), topic, most);
	}

	/** The keys whose rows wait because one of them was at fault. */
	Mono<List<String>> keysOfSuspects(String topic) {
		return timely(this.database.sql(KEYS_OF_SUSPECTS)
			.bind("topic", topic)
			.map((row) -> text(row, "message_key"))
			.all()
			.collectList());
	}

	/**
	 * Records what became of rows: deletes the published ones by one statement, after the
	 * failures are recorded, so that a crash in between repeats records and reorders
	 * none.
	 */
	Mono<Void> settle(String topic, Settlement settlement) {
		return park(topic, settlement.parked()).then(Mono.defer(() -> suspect(topic, settlement.suspects())))
			.then(Mono.defer(() -> delete(topic, settlement.published())));
	}

	private Mono<Void> delete(String topic, List<OutboxRow> rows) {
		return rows.isEmpty() ? Mono.empty()
				: timely(this.database.sql(DELETE).bind("topic", topic).bind("ids", ids(rows)).then());
	}

	private Mono<Void> suspect(String topic, List<Settlement.Failure> failures) {
		return failures.isEmpty() ? Mono.empty()
				: timely(this.database.sql(SUSPECT)
					.bind("topic", topic)
					.bind("ids", ids(Settlement.rows(failures)))
					.bind("errors", failures.stream().map(Settlement.Failure::error).toArray(String[]::new))
					.bind("pauses", failures.stream().map(this::pause).toArray(Long[]::new))
					.then());
	}

	private Mono<Void> park(String topic, List<Settlement.Failure> failures) {
		return failures.isEmpty() ? Mono.empty()
				: timely(this.database.sql(PARK)
					.bind("topic", topic)
					.bind("ids", ids(Settlement.rows(failures)))
					.bind("errors", failures.stream().map(Settlement.Failure::error).toArray(String[]::new))
					.then());
	}

	private Long pause(Settlement.Failure failure) {
		return this.properties.backoff().pause(failure.row().attempts()).toMillis();
	}

	private Mono<List<OutboxRow>> read(DatabaseClient.GenericExecuteSpec query, String topic, int most) {
		return timely(query.bind("topic", topic)
			.bind("limit", most)
			.bind("bytes", this.properties.batchBytes().toBytes())
			.map(OutboxTable::row)
			.all()
			.collectList());
	}

	/** A connection that does not answer counts as lost. */
	private <T> Mono<T> timely(Mono<T> statement) {
		return statement.timeout(this.properties.statementTimeout());
	}

	private static Long[] ids(List<OutboxRow> rows) {
		return rows.stream().map(OutboxRow::id).toArray(Long[]::new);
	}

	private static OutboxRow row(Readable row) {
		return new OutboxRow(requireNonNull(row.get(0, Long.class)), requireNonNull(row.get(1, String.class)),
				requireNonNull(row.get(2, String.class)), row.get(3, String.class),
				requireNonNull(row.get(4, Integer.class)));
	}

	private static String text(Readable row, String column) {
		return requireNonNull(row.get(column, String.class));
	}

}
