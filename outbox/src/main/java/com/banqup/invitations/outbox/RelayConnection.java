package com.banqup.invitations.outbox;

import java.time.Duration;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The connection of a relay to its database, outside the pool: it listens, it holds the
 * lock, and all that the active relay reads and deletes goes through it. The lock is a
 * lock of the session, hence this needs a direct connection or a pooler in session mode.
 */
final class RelayConnection {

	/** Names the lock among the advisory locks of a database: "outbox" in ASCII. */
	static final long LOCK = 0x6F7574626F78L;

	/**
	 * The planner is kept to the index: the statistics of a queue are wrong most of the
	 * time, and sorting a backlog for each batch would be the end. So each statement has
	 * one plan only, which is made once and not anew for each execution. Keep-alives free
	 * the lock of a machine that has vanished.
	 */
	private static final String PREPARE = """
			set application_name = 'outbox relay';
			set enable_seqscan = off;
			set enable_bitmapscan = off;
			set enable_sort = off;
			set plan_cache_mode = force_generic_plan;
			set tcp_keepalives_idle = 5;
			set tcp_keepalives_interval = 5;
			set tcp_keepalives_count = 3;
			listen %s
			""".formatted(RelayAnnouncements.CHANNEL);

	private final Connection connection;

	private final PostgresqlConnection postgres;

	private final DatabaseClient database;

	private final Duration timeout;

	private RelayConnection(Connection connection, ConnectionFactory source, Duration timeout) {
		this.connection = connection;
		this.postgres = postgres(connection);
		this.database = DatabaseClient.create(new SingleConnectionFactory(connection, source.getMetadata(), true));
		this.timeout = timeout;
	}

	/** Opens a connection, beside the pool if there is one. */
	static Mono<RelayConnection> open(ConnectionFactory connectionFactory, Duration timeout) {
		ConnectionFactory direct = direct(connectionFactory);
		return Mono.<Connection>from(direct.create())
			.timeout(timeout)
			.map((connection) -> new RelayConnection(connection, direct, timeout))
			.flatMap((relay) -> relay.prepare().onErrorResume((error) -> relay.close().then(Mono.error(error))));
	}

	private static ConnectionFactory direct(ConnectionFactory connectionFactory) {
		ConnectionFactory direct = connectionFactory;
		while (direct instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory inner) {
			direct = inner;
		}
		return direct;
	}

	private static PostgresqlConnection postgres(Connection connection) {
		Object candidate = connection;
		while (!(candidate instanceof PostgresqlConnection) && candidate instanceof Wrapped<?> wrapper) {
			candidate = wrapper.unwrap();
		}
		if (candidate instanceof PostgresqlConnection found) {
			return found;
		}
		throw new IllegalStateException("connection: " + connection.getClass().getName() + " (expected: PostgreSQL's)");
	}

	private Mono<RelayConnection> prepare() {
		return this.database.sql(PREPARE).then().timeout(this.timeout).thenReturn(this);
	}

	/**
	 * Tries to take the lock. Waiting for it in the database instead would keep a
	 * snapshot open, and with it every row that was deleted meanwhile.
	 */
	Mono<Boolean> tryLock() {
		return this.database.sql("select pg_try_advisory_lock(:lock)")
			.bind("lock", LOCK)
			.mapValue(Boolean.class)
			.one()
			.timeout(this.timeout);
	}

	/**
	 * Announcements of other processes. When the connection is lost there is one more, so
	 * that whoever acts on it finds out.
	 */
	Flux<Boolean> announcements() {
		return this.postgres.getNotifications().map((notification) -> true).onErrorComplete().concatWithValues(true);
	}

	DatabaseClient database() {
		return this.database;
	}

	/** Frees the lock, too. */
	Mono<Void> close() {
		return Mono.from(this.connection.close()).timeout(this.timeout).onErrorComplete();
	}

}
