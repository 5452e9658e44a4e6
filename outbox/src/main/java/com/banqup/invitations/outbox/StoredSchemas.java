package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.Readable;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import static java.util.Objects.requireNonNull;

/**
 * The schemas of rows by fingerprint. Those of this release are stored in the database
 * before anything can append, so that relays of other releases can decode its rows; those
 * of other releases are loaded when a row needs them.
 */
final class StoredSchemas implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(StoredSchemas.class);

	/** Before the relay, the web server and Kafka listeners. */
	static final int PHASE = OutboxRelay.PHASE - 1;

	private static final Duration STARTUP_RETRY_INTERVAL = Duration.ofSeconds(1);

	private final Set<Schema> own;

	private final Map<Long, Schema> known = new ConcurrentHashMap<>();

	private final DatabaseClient database;

	private final Duration timeout;

	private final Duration startupTimeout;

	private volatile boolean running;

	/**
	 * Creates it, not started.
	 * @param timeout for each visit to the database
	 * @param startupTimeout how long the start waits for the database
	 */
	StoredSchemas(Set<Schema> own, ConnectionFactory connectionFactory, Duration timeout, Duration startupTimeout) {
		this.own = Set.copyOf(own);
		this.database = DatabaseClient.create(connectionFactory);
		this.timeout = timeout;
		this.startupTimeout = startupTimeout;
		this.own.forEach((schema) -> this.known.put(fingerprint(schema), schema));
	}

	static long fingerprint(Schema schema) {
		return SchemaNormalization.parsingFingerprint64(schema);
	}

	/** The schema, or null if it is neither one of this release nor loaded. */
	@Nullable Schema find(long fingerprint) {
		return this.known.get(fingerprint);
	}

	/**
	 * Loads those of the schemas that are not known yet. Those that are not stored either
	 * stay unknown.
	 */
	Mono<Void> load(Collection<Long> fingerprints) {
		Long[] unknown = fingerprints.stream().filter((each) -> !this.known.containsKey(each)).toArray(Long[]::new);
		if (unknown.length == 0) {
			return Mono.empty();
		}
		return this.database.sql("select fingerprint, schema from outbox_schema where fingerprint = any(:fingerprints)")
			.bind("fingerprints", unknown)
			.map(StoredSchema::of)
			.all()
			.concatMap((stored) -> Mono.fromRunnable(() -> learn(stored)))
			.then()
			.timeout(this.timeout);
	}

	private void learn(StoredSchema stored) {
		this.known.put(stored.fingerprint(), new Schema.Parser().parse(stored.schema()));
	}

	Mono<Void> store() {
		return this.database
			.sql("""
					insert into outbox_schema (fingerprint, name, schema)
					select fingerprint, name, schema
					from unnest(:fingerprints::bigint[], :names::text[], :schemas::text[]) as own (fingerprint, name, schema)
					on conflict (fingerprint) do nothing
					""")
			.bind("fingerprints", this.own.stream().map(StoredSchemas::fingerprint).toArray(Long[]::new))
			.bind("names", this.own.stream().map(Schema::getFullName).toArray(String[]::new))
			.bind("schemas", this.own.stream().map(Schema::toString).toArray(String[]::new))
			.then();
	}

	/**
	 * On the main thread, at start-up only: no row may be appended before its schema can
	 * be found. A database that gives no connection yet (it starts, the machine is busy)
	 * is asked again.
	 */
	@Override
	public void start() {
		store()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, STARTUP_RETRY_INTERVAL)
				.filter(StoredSchemas::mayPass)
				.doBeforeRetry((retry) -> log.warn("The database gives no connection yet: {}",
						NestedExceptionUtils.getMostSpecificCause(retry.failure()).toString())))
			.timeout(this.startupTimeout, Mono.error(this::noDatabase))
			.block();
		this.running = true;
	}

	/** A database that refuses the login will not take it a second later either. */
	private static boolean mayPass(Throwable failure) {
		return failure instanceof DataAccessResourceFailureException
				&& !(NestedExceptionUtils.getMostSpecificCause(failure) instanceof R2dbcPermissionDeniedException);
	}

	private IllegalStateException noDatabase() {
		return new IllegalStateException(
				"The database did not take the schemas within outbox.startup-timeout, " + this.startupTimeout);
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/**
	 * A schema of some release.
	 *
	 * @param fingerprint its fingerprint
	 * @param schema the schema, JSON
	 */
	private record StoredSchema(long fingerprint, String schema) {

		static StoredSchema of(Readable row) {
			return new StoredSchema(requireNonNull(row.get("fingerprint", Long.class)),
					requireNonNull(row.get("schema", String.class)));
		}

	}

}
