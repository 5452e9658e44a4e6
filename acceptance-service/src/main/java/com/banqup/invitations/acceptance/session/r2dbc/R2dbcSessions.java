package com.banqup.invitations.acceptance.session.r2dbc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.banqup.invitations.acceptance.session.SessionAttribute;
import com.banqup.invitations.acceptance.session.SessionExpired;
import com.banqup.invitations.acceptance.session.SessionProperties;
import com.banqup.invitations.acceptance.session.StoredSession;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.stereotype.Repository;

/**
 * Sessions under the hash of their id. Saving merges what the request changed into the
 * row, in one statement, and writes nothing when nothing changed.
 */
@Repository
class R2dbcSessions implements ReactiveSessionRepository<StoredSession> {

	private static final String INSERT = """
			INSERT INTO session (id_hash, attributes, created_at, last_seen_at, expires_at)
			VALUES (:idHash, :changes, :createdAt, :lastSeenAt, :expiresAt)
			""";

	private static final String UPDATE = """
			UPDATE session
			SET id_hash = :idHash, attributes = (attributes - :changed) || :changes,
			    last_seen_at = greatest(last_seen_at, :lastSeenAt), expires_at = greatest(expires_at, :expiresAt)
			WHERE id_hash = :storedIdHash AND expires_at > :lastSeenAt
			""";

	private static final String FIND = """
			SELECT attributes, created_at, last_seen_at FROM session
			WHERE id_hash = :idHash AND expires_at > :now
			""";

	private static final String DELETE = "DELETE FROM session WHERE id_hash = :idHash";

	private static final String DELETE_EXPIRED = """
			DELETE FROM session WHERE id_hash IN (
			    SELECT id_hash FROM session WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit
			    FOR UPDATE SKIP LOCKED)
			""";

	private final DatabaseClient database;

	private final SessionCodec codec;

	private final SessionProperties properties;

	private final Clock clock;

	R2dbcSessions(DatabaseClient database, List<SessionAttribute> attributes, SessionProperties properties,
			Clock clock) {
		this.database = database;
		this.codec = new SessionCodec(attributes);
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Mono<StoredSession> createSession() {
		return Mono.fromSupplier(() -> StoredSession.create(this.clock.instant(), this.properties));
	}

	@Override
	public Mono<Void> save(StoredSession session) {
		return Mono.defer(() -> {
			String storedId = session.storedId();
			if (storedId == null) {
				return insert(session);
			}
			if (session.isChanged() || session.staleness().compareTo(this.properties.touchInterval()) >= 0) {
				return update(session, storedId);
			}
			return Mono.empty();
		});
	}

	private Mono<Void> insert(StoredSession session) {
		return this.database.sql(INSERT)
			.bind("idHash", hash(session.getId()))
			.bind("changes", Json.of(this.codec.changes(session)))
			.bind("createdAt", session.getCreationTime())
			.bind("lastSeenAt", session.getLastAccessedTime())
			.bind("expiresAt", session.expiresAt())
			.then()
			.then(Mono.fromRunnable(session::stored));
	}

	private Mono<Void> update(StoredSession session, String storedId) {
		return this.database.sql(UPDATE)
			.bind("idHash", hash(session.getId()))
			.bind("changed", session.changedAttributes().toArray(String[]::new))
			.bind("changes", Json.of(this.codec.changes(session)))
			.bind("lastSeenAt", session.getLastAccessedTime())
			.bind("expiresAt", session.expiresAt())
			.bind("storedIdHash", hash(storedId))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0 || !session.isChanged())
			.switchIfEmpty(Mono.error(SessionExpired::new))
			.then(Mono.fromRunnable(session::stored));
	}

	@Override
	public Mono<StoredSession> findById(String id) {
		return Mono.defer(() -> this.database.sql(FIND)
			.bind("idHash", hash(id))
			.bind("now", this.clock.instant())
			.map((row) -> session(id, row))
			.one());
	}

	private StoredSession session(String id, Readable row) {
		return StoredSession.restore(id, this.codec.read(Objects.requireNonNull(row.get("attributes", String.class))),
				Objects.requireNonNull(row.get("created_at", Instant.class)),
				Objects.requireNonNull(row.get("last_seen_at", Instant.class)), this.properties);
	}

	@Override
	public Mono<Void> deleteById(String id) {
		return Mono.defer(() -> this.database.sql(DELETE).bind("idHash", hash(id)).then());
	}

	/** Deletes at most this many sessions that have expired; tells how many. */
	Mono<Long> deleteExpired(int limit) {
		return Mono.defer(() -> this.database.sql(DELETE_EXPIRED)
			.bind("now", this.clock.instant())
			.bind("limit", limit)
			.fetch()
			.rowsUpdated());
	}

	private static byte[] hash(String id) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("SHA-256 is part of every Java platform", ex);
		}
	}

}
