package com.banqup.invitations.api.idempotency.r2dbc;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

import com.banqup.invitations.api.idempotency.Answer;
import com.banqup.invitations.api.idempotency.IdempotentRequest;
import com.banqup.invitations.api.idempotency.KeptAnswer;
import com.banqup.invitations.api.idempotency.KeptAnswers;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcKeptAnswers implements KeptAnswers {

	/** A statement of its own: the next one must see what the lock's last owner wrote. */
	private static final String TRY_LOCK = """
			SELECT pg_try_advisory_xact_lock(
			           hashtextextended(concat_ws(' ', :partnerSpaceId::text, :method::text, :path::text, :key::text), 0))
			""";

	/** Outside of a transaction: what it takes is free again when it ends. */
	private static final String IS_LOCKED = """
			SELECT NOT pg_try_advisory_xact_lock_shared(
			           hashtextextended(concat_ws(' ', :partnerSpaceId::text, :method::text, :path::text, :key::text), 0))
			""";

	private static final String FIND = """
			SELECT body_hash, status, location, body
			  FROM idempotency_key
			 WHERE partner_space_id = :partnerSpaceId
			   AND method = :method
			   AND path = :path
			   AND key = :key
			   AND expires_at > :now
			""";

	private static final String KEEP = """
			INSERT INTO idempotency_key (partner_space_id, method, path, key, body_hash, status, location, body,
			                             created_at, expires_at)
			VALUES (:partnerSpaceId, :method, :path, :key, :bodyHash, :status, :location, :body, :now, :expiresAt)
			ON CONFLICT (partner_space_id, method, path, key) DO UPDATE
			   SET body_hash = excluded.body_hash,
			       status = excluded.status,
			       location = excluded.location,
			       body = excluded.body,
			       created_at = excluded.created_at,
			       expires_at = excluded.expires_at
			""";

	private static final String REMOVE_EXPIRED = """
			DELETE FROM idempotency_key
			 WHERE ctid = ANY (ARRAY (SELECT ctid
			                            FROM idempotency_key
			                           WHERE expires_at <= :now
			                           LIMIT :limit
			                             FOR UPDATE SKIP LOCKED))
			""";

	private final DatabaseClient database;

	R2dbcKeptAnswers(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Boolean> tryLock(IdempotentRequest request) {
		return bind(TRY_LOCK, request).mapValue(Boolean.class).one();
	}

	@Override
	public Mono<Boolean> isLocked(IdempotentRequest request) {
		return bind(IS_LOCKED, request).mapValue(Boolean.class).one();
	}

	@Override
	public Mono<KeptAnswer> find(IdempotentRequest request, Instant now) {
		return bind(FIND, request).bind("now", now).map(R2dbcKeptAnswers::keptAnswer).one();
	}

	@Override
	public Mono<Void> keep(IdempotentRequest request, Answer answer, Instant now, Instant expiresAt) {
		return bind(KEEP, request).bind("bodyHash", ByteBuffer.wrap(request.bodyHashBytes()))
			.bind("status", answer.status())
			.bind("location", Parameters.in(R2dbcType.VARCHAR, answer.location()))
			.bind("body", answer.body())
			.bind("now", now)
			.bind("expiresAt", expiresAt)
			.then();
	}

	@Override
	public Mono<Long> removeExpired(Instant now, int limit) {
		return this.database.sql(REMOVE_EXPIRED).bind("now", now).bind("limit", limit).fetch().rowsUpdated();
	}

	private GenericExecuteSpec bind(String sql, IdempotentRequest request) {
		return this.database.sql(sql)
			.bind("partnerSpaceId", request.partnerSpaceId().value())
			.bind("method", request.method())
			.bind("path", request.path())
			.bind("key", request.key());
	}

	private static KeptAnswer keptAnswer(Readable row) {
		return new KeptAnswer(HexFormat.of().formatHex(requireNonNull(row.get("body_hash", byte[].class))),
				new Answer(requireNonNull(row.get("status", Integer.class)), row.get("location", String.class),
						requireNonNull(row.get("body", String.class))));
	}

}
