package com.banqup.invitations.dispatch.deadletter.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.StoredDeadLetter;
import io.r2dbc.spi.Readable;
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
		Columns<DeadLetter> columns = new Columns<>(letters);
		Columns<OriginalRecord> records = new Columns<>(letters.stream().map(DeadLetter::record).toList());
		return this.database.sql(ADD)
			.bind("reasons", columns.column(DeadLetter::reasonCode, String[]::new))
			.bind("details", columns.column(DeadLetter::detail, String[]::new))
			.bind("ats", columns.column(DeadLetter::at, Instant[]::new))
			.bind("topics", records.column(OriginalRecord::topic, String[]::new))
			.bind("partitions", records.column(OriginalRecord::partition, Integer[]::new))
			.bind("offsets", records.column(OriginalRecord::offset, Long[]::new))
			.bind("timestamps", records.column(OriginalRecord::timestamp, Instant[]::new))
			.bind("keys", records.bytes(OriginalRecord::key))
			.bind("values", records.bytes(OriginalRecord::value))
			.bind("headers", records.bytes(OriginalRecord::headerBytes))
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
		return this.database.sql(COUNT).map((row) -> Rows.required(row, "waiting", Long.class)).one();
	}

	private static StoredDeadLetter stored(Readable row) {
		DeadLetter letter = new DeadLetter(Rows.original(row), Rows.required(row, "reason_code", String.class),
				Rows.required(row, "detail", String.class), Rows.required(row, "at", Instant.class));
		return new StoredDeadLetter(Rows.required(row, "id", Long.class), letter);
	}

}
