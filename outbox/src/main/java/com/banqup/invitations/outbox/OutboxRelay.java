package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

/**
 * Publishes what is in the table and deletes what Kafka has acknowledged. Of all relays
 * of a database one is active, the one that holds the lock; the others stand by and take
 * over when its connection is gone.
 */
final class OutboxRelay implements SmartLifecycle {

	/** Starts before, and stops after, whatever appends: web server, Kafka listeners. */
	static final int PHASE = DEFAULT_PHASE - 4096;

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	/** More topics than a service writes. */
	private static final int MAX_LANES = 256;

	/** Reactor's key for a local {@code Hooks.onErrorDropped}. */
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	private final ConnectionFactory connectionFactory;

	private final RelayAnnouncements announcements;

	private final StoredSchemas schemas;

	private final PublisherSettings publisherSettings;

	private final OutboxProperties properties;

	private final OutboxMetrics metrics;

	private final AtomicInteger failures = new AtomicInteger();

	private volatile @Nullable Run run;

	OutboxRelay(ConnectionFactory connectionFactory, RelayAnnouncements announcements, StoredSchemas schemas,
			PublisherSettings publisherSettings, OutboxProperties properties, OutboxMetrics metrics) {
		this.connectionFactory = connectionFactory;
		this.announcements = announcements;
		this.schemas = schemas;
		this.publisherSettings = publisherSettings;
		this.properties = properties;
		this.metrics = metrics;
	}

	@Override
	public void start() {
		Run started = new Run(new StopSignal(), new CompletableFuture<>());
		this.run = started;
		relay(started.stop()).doOnError(this::report)
			.retryWhen(Retry.from((errors) -> errors.concatMap((error) -> pause(started.stop()))))
			.takeUntilOther(started.stop().given().then(Mono.delay(this.properties.shutdownTimeout())))
			.doFinally((signal) -> started.ended().complete(null))
			.contextWrite(Context.of(ON_ERROR_DROPPED, (Consumer<Throwable>) OutboxRelay::ignore))
			.subscribe();
	}

	/** Finishes the batches that are in flight, within the limit, and frees the lock. */
	@Override
	public void stop(Runnable callback) {
		Run current = this.run;
		this.run = null;
		if (current == null) {
			callback.run();
			return;
		}
		current.ended().whenComplete((nothing, error) -> callback.run());
		current.stop().give();
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public boolean isRunning() {
		return this.run != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	private Flux<Void> relay(StopSignal stop) {
		return Flux.usingWhen(RelayConnection.open(this.connectionFactory, this.properties.statementTimeout()),
				(connection) -> becomeActive(connection).takeUntilOther(stop.given())
					.flatMapMany((active) -> lead(connection, stop)),
				RelayConnection::close);
	}

	private Mono<Boolean> becomeActive(RelayConnection connection) {
		return connection.tryLock()
			.doOnNext((locked) -> succeeded(!locked))
			.filter((locked) -> locked)
			.repeatWhenEmpty((tries) -> tries.delayElements(this.properties.takeoverInterval()));
	}

	private Flux<Void> lead(RelayConnection connection, StopSignal stop) {
		OutboxTable table = new OutboxTable(connection.database(), this.properties);
		return Flux.usingWhen(Mono.fromSupplier(() -> new Lanes(table, stop)),
				(lanes) -> wakeUps(connection).takeUntilOther(stop.given())
					.concatMap((wakeUp) -> look(table), 0)
					.flatMapIterable((topics) -> topics)
					.groupBy((topic) -> topic)
					.flatMap((ticks) -> ticks.onBackpressureLatest().concatMap((topic) -> drain(lanes, topic), 0),
							MAX_LANES),
				Lanes::close);
	}

	/**
	 * A row that comes alone is published at once. Whatever comes shortly after it waits
	 * for the next look: under load the rows of a moment go together, which costs a
	 * fraction.
	 */
	private Flux<List<String>> look(OutboxTable table) {
		return table.topics()
			.doOnNext((topics) -> succeeded(topics.isEmpty()))
			.concatWith(Mono.delay(this.properties.gatherTime()).then(Mono.empty()));
	}

	private Mono<Void> drain(Lanes lanes, String topic) {
		return lanes.drain(topic).doOnSuccess((nothing) -> succeeded(true));
	}

	/**
	 * Only what needs all of the database ends a row of failures, not being connected.
	 */
	private void succeeded(boolean entirely) {
		if (entirely) {
			this.failures.set(0);
		}
	}

	private Flux<Boolean> wakeUps(RelayConnection connection) {
		return Flux.merge(connection.announcements(), this.announcements.here(),
				Flux.interval(Duration.ZERO, this.properties.pollInterval()).map((tick) -> true).onBackpressureDrop())
			.onBackpressureLatest();
	}

	private Mono<Long> pause(StopSignal stop) {
		return Mono.delay(this.properties.backoff().pause(this.failures.getAndIncrement()))
			.takeUntilOther(stop.given())
			.filter((elapsed) -> !stop.isGiven());
	}

	private void report(Throwable error) {
		log.warn("The outbox relay lost its database, failure {} in a row: {}", this.failures.get() + 1,
				NestedExceptionUtils.getMostSpecificCause(error).toString());
	}

	/**
	 * A lost connection fails everything that uses it; one of the failures is enough.
	 */
	private static void ignore(Throwable error) {
		log.debug("Another failure of a relay that has failed already", error);
	}

	/**
	 * From start to stop.
	 *
	 * @param stop ends it
	 * @param ended completes when it has ended
	 */
	private record Run(StopSignal stop, CompletableFuture<Void> ended) {
	}

	/** The lanes of the time during which this relay is the active one. */
	private final class Lanes {

		private final Map<String, OutboxLane> lanes = new ConcurrentHashMap<>();

		private final OutboxTable table;

		private final StopSignal stop;

		Lanes(OutboxTable table, StopSignal stop) {
			this.table = table;
			this.stop = stop;
			OutboxRelay.this.metrics.active(true);
			log.info("This process relays the outbox");
		}

		Mono<Void> drain(String topic) {
			return this.lanes.computeIfAbsent(topic, this::lane).drain();
		}

		private OutboxLane lane(String topic) {
			return new OutboxLane(topic, this.table, OutboxRelay.this.schemas,
					new TopicPublisher(topic, OutboxRelay.this.publisherSettings, OutboxRelay.this.schemas),
					OutboxRelay.this.properties, OutboxRelay.this.metrics, this.stop);
		}

		Mono<Void> close() {
			return Flux.fromIterable(this.lanes.values())
				.flatMap(OutboxLane::close, MAX_LANES)
				.then(Mono.fromRunnable(() -> OutboxRelay.this.metrics.active(false)));
		}

	}

}
