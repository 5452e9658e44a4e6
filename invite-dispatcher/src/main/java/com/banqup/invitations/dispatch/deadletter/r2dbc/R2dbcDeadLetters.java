package com.banqup.invitations.dispatch.deadletter.r2dbc;

import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.StoredDeadLetter;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/** Dead letters in PostgreSQL. */
public final class R2dbcDeadLetters implements DeadLetters {

	private static final String ADD = """
			insert into dead_letters (reason_code, detail, at, record_topic, record_partition, record_offset,
			    record_timestamp, record_key, record_value, record_headers)
			select reason_code, detail, at, record_topic, record_partition, record_offset, record_timestamp,
			    decode(record_key, 'base64'), decode(record_value, 'base64'), decode(record_headers, 'base64')
			from unnest(:reasons, :details, :ats, :topics, :partitions, :offsets, :timestamps, :keys, :values, :headers)
			    as l (reason_code, detail, at, record_topic, record_partition, record_offset, record_timestamp,
			        record_key, record_value, record_headers)
			""";

	private static final String CLAIM = """
			update dead_letters l set claimed_until = :until
			from (
			    select id from dead_letters
			    where claimed_until <= :now
			    order by id
			    limit :limit
			    for update skip locked) free
			where l.id = free.id
			returning l.*
			""";

	private static final String REMOVE = "delete from dead_letters where id = any(:ids)";

	private static final String COUNT = "select count(*) as waiting from dead_letters";

	private final DatabaseClient database;

	public R2dbcDeadLetters(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Void> add(Collection<DeadLetter> letters) {
		List<DeadLetter> rows = List.copyOf(letters);
		return this.database.sql(ADD)
			.bind("reasons", column(rows, DeadLetter::reasonCode, String[]::new))
			.bind("details", column(rows, DeadLetter::detail, String[]::new))
			.bind("ats", column(rows, DeadLetter::at, Instant[]::new))
			.bind("topics", column(rows, (letter) -> letter.record().topic(), String[]::new))
			.bind("partitions", column(rows, (letter) -> letter.record().partition(), Integer[]::new))
			.bind("offsets", column(rows, (letter) -> letter.record().offset(), Long[]::new))
			.bind("timestamps", column(rows, (letter) -> letter.record().timestamp(), Instant[]::new))
			.bind("keys", column(rows, (letter) -> base64(letter.record().key()), String[]::new))
			.bind("values", column(rows, (letter) -> base64(letter.record().value()), String[]::new))
			.bind("headers", column(rows, (letter) -> base64(letter.record().headerBytes()), String[]::new))
			.then();
	}

	@Override
	public Mono<List<StoredDeadLetter>> claim(int limit, Instant now, Instant until) {
		return this.database.sql(CLAIM)
			.bind("until", until)
			.bind("now", now)
			.bind("limit", limit)
			.map(R2dbcDeadLetters::stored)
			.all()
			.collectList();
	}

	@Override
	public Mono<Void> remove(Collection<Long> ids) {
		return this.database.sql(REMOVE).bind("ids", ids.toArray(Long[]::new)).then();
	}

	@Override
	public Mono<Long> count() {
		return this.database.sql(COUNT).map((row) -> required(row, "waiting", Long.class)).one();
	}

	private static <T extends @Nullable Object> T[] column(List<DeadLetter> letters, Function<DeadLetter, T> value,
			IntFunction<T[]> array) {
		return letters.stream().map(value).toArray(array);
	}

	/** Bytes as Base64: the driver has no arrays of bytea. */
	private static @Nullable String base64(byte @Nullable [] bytes) {
		return (bytes != null) ? Base64.getEncoder().encodeToString(bytes) : null;
	}

	private static StoredDeadLetter stored(Readable row) {
		OriginalRecord original = new OriginalRecord(required(row, "record_topic", String.class),
				required(row, "record_partition", Integer.class), required(row, "record_offset", Long.class),
				required(row, "record_timestamp", Instant.class), row.get("record_key", byte[].class),
				row.get("record_value", byte[].class),
				OriginalRecord.headersOf(required(row, "record_headers", byte[].class)));
		DeadLetter letter = new DeadLetter(original, required(row, "reason_code", String.class),
				required(row, "detail", String.class), required(row, "at", Instant.class));
		return new StoredDeadLetter(required(row, "id", Long.class), letter);
	}

	private static <T> T required(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

}
