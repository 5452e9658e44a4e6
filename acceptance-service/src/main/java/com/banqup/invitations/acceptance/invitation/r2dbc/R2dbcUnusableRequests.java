package com.banqup.invitations.acceptance.invitation.r2dbc;

import java.time.Instant;
import java.util.Collection;

import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.acceptance.invitation.UnusableRequests;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class R2dbcUnusableRequests implements UnusableRequests {

	private static final String KEEP = """
			INSERT INTO unusable_request
			    (topic, kafka_partition, kafka_offset, kafka_timestamp, message_key, content, reason, error, kept_at)
			VALUES (:topic, :partition, :offset, :timestamp, :key, :content, :reason, :error, :now)
			ON CONFLICT DO NOTHING
			""";

	private static final String FORGET = """
			DELETE FROM unusable_request WHERE (topic, kafka_partition, kafka_offset, kafka_timestamp) IN (
			    SELECT topic, kafka_partition, kafka_offset, kafka_timestamp FROM unusable_request
			    ORDER BY kept_at DESC, kafka_offset DESC OFFSET :limit)
			""";

	private static final String COUNT = "SELECT count(*) FROM unusable_request";

	private final DatabaseClient database;

	R2dbcUnusableRequests(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Void> keep(Collection<UnusableRequest> requests, Instant now) {
		if (requests.isEmpty()) {
			return Mono.empty();
		}
		return Flux.fromIterable(requests)
			.concatMap((request) -> keep(request, now))
			.then(Mono.defer(() -> this.database.sql(FORGET).bind("limit", LIMIT).then()));
	}

	private Mono<Void> keep(UnusableRequest request, Instant now) {
		return this.database.sql(KEEP)
			.bind("topic", request.topic())
			.bind("partition", request.partition())
			.bind("offset", request.offset())
			.bind("timestamp", request.timestamp())
			.bind("key", Parameters.in(R2dbcType.VARCHAR, withoutNul(request.key())))
			.bind("content", request.content())
			.bind("reason", request.reason())
			.bind("error", String.valueOf(withoutNul(request.error())))
			.bind("now", now)
			.then();
	}

	@Override
	public Mono<Long> count() {
		return this.database.sql(COUNT).mapValue(Long.class).one();
	}

	private static @Nullable String withoutNul(@Nullable String text) {
		return (text != null) ? text.replace('\0', '?') : null;
	}

}
