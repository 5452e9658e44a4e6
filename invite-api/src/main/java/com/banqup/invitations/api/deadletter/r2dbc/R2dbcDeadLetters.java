package com.banqup.invitations.api.deadletter.r2dbc;

import java.time.Clock;
import java.util.List;

import com.banqup.invitations.api.deadletter.DeadLetter;
import com.banqup.invitations.api.deadletter.DeadLetters;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class R2dbcDeadLetters implements DeadLetters {

	private static final String KEEP = """
			INSERT INTO dead_letter (topic, topic_partition, record_offset, recorded_at, record_key, record_value, error,
			                         kept_at)
			VALUES (:topic, :partition, :offset, :recordedAt, :key, :value, :error, :now)
			ON CONFLICT DO NOTHING
			""";

	private static final String COUNT = """
			SELECT count(*)
			  FROM (SELECT
			          FROM dead_letter
			         LIMIT 100000) bounded
			""";

	private final DatabaseClient database;

	private final Clock clock;

	R2dbcDeadLetters(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/** One by one: they are rare, and the driver has no arrays of byte arrays. */
	@Override
	public Mono<Void> keep(List<DeadLetter> letters) {
		return Flux.fromIterable(letters).concatMap(this::keep).then();
	}

	@Override
	public Mono<Long> count() {
		return this.database.sql(COUNT).mapValue(Long.class).one();
	}

	private Mono<Void> keep(DeadLetter letter) {
		return Mono.defer(() -> this.database.sql(KEEP)
			.bind("topic", letter.topic())
			.bind("partition", letter.partition())
			.bind("offset", letter.offset())
			.bind("recordedAt", letter.recordedAt())
			.bind("key", Parameters.in(R2dbcType.VARCHAR, letter.key()))
			.bind("value", Parameters.in(R2dbcType.VARBINARY, letter.value()))
			.bind("error", letter.error())
			.bind("now", this.clock.instant())
			.then());
	}

}
