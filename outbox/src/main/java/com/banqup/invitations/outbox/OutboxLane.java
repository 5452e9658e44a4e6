package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes one topic while its relay is the active one. Each topic has a lane of its
 * own: a million rows of one, or trouble with one, do not delay another.
 * <p>
 * Every batch is read from the start, by one statement. The rows of a key become visible
 * in their order, so such a batch never holds a row without those before it; a reader
 * that goes on from the last id would miss a row that was committed late and publish its
 * successors first.
 */
final class OutboxLane {

	private static final Logger log = LoggerFactory.getLogger(OutboxLane.class);

	private final String topic;

	private final OutboxTable table;

	private final StoredSchemas schemas;

	private final TopicPublisher publisher;

	private final OutboxProperties properties;

	private final OutboxMetrics metrics;

	private final StopSignal stop;

	/** A thread that may block, for this topic alone. */
	private final Scheduler thread;

	private final AtomicInteger troubles = new AtomicInteger();

	/** The keys whose rows wait because one of them was at fault; null: not known yet. */
	private volatile @Nullable Set<String> heldKeys;

	OutboxLane(String topic, OutboxTable table, StoredSchemas schemas, TopicPublisher publisher,
			OutboxProperties properties, OutboxMetrics metrics, StopSignal stop) {
		this.topic = topic;
		this.table = table;
		this.schemas = schemas;
		this.publisher = publisher;
		this.properties = properties;
		this.metrics = metrics;
		this.stop = stop;
		this.thread = Schedulers.fromExecutorService(
				Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("outbox-" + topic).factory()));
	}

	/** Publishes until nothing is left that can be published now. */
	Mono<Void> drain() {
		return Mono.defer(this::publishNext).repeat().takeWhile((more) -> more && !this.stop.isGiven()).then();
	}

	/** Drops what is in flight and gives everything back. */
	Mono<Void> close() {
		return Mono.<Void>fromRunnable(this.publisher::close)
			.subscribeOn(this.thread)
			.doFinally((signal) -> this.thread.dispose());
	}

	/** Emits whether there may be more to publish. */
	private Mono<Boolean> publishNext() {
		Set<String> held = this.heldKeys;
		if (held == null) {
			return refreshHeldKeys().thenReturn(true);
		}
		return (held.isEmpty() ? Mono.just(false) : retrySuspects())
			.flatMap((moreSuspects) -> this.table.next(this.topic, held)
				.flatMap((rows) -> rows.isEmpty() ? Mono.just(false) : publish(rows))
				.map((more) -> more || moreSuspects || this.heldKeys != held));
	}

	/**
	 * One by one, for a suspect may take others of its batch down, and only a few: they
	 * must not hold up the rest of the topic.
	 * @return whether more of them may be due
	 */
	private Mono<Boolean> retrySuspects() {
		int most = this.properties.suspectsPerBatch();
		return this.table.suspectsDue(this.topic, most)
			.flatMap((due) -> due.isEmpty() ? Mono.just(false)
					: retry(due).then(refreshHeldKeys()).thenReturn(due.size() == most));
	}

	private Mono<Void> retry(List<OutboxRow> suspects) {
		return Flux.fromIterable(suspects)
			.concatMap((row) -> publish(List.of(row)).then(Mono.fromSupplier(this.troubles::get)), 1)
			.takeWhile((troubles) -> troubles == 0 && !this.stop.isGiven())
			.then();
	}

	/**
	 * Publishes these.
	 * @return whether there may be more to publish: some of these, or others because
	 * these are as many as are read at a time. What is committed after they were read
	 * announces itself.
	 */
	private Mono<Boolean> publish(List<OutboxRow> rows) {
		return this.schemas.load(RowDecoder.fingerprints(rows))
			.then(Mono.fromCallable(() -> this.publisher.send(rows)).subscribeOn(this.thread))
			.flatMap((transmission) -> outcomes(transmission)
				.map((outcomes) -> Settlement.of(rows, outcomes, this.properties.maxAttempts()))
				.flatMap((settlement) -> settle(settlement, transmission.trouble())
					.thenReturn(settlement.published().size() < rows.size() || this.table.isFull(rows))));
	}

	private Mono<List<Outcome>> outcomes(Transmission transmission) {
		return transmission.outcomes()
			.timeout(this.properties.sendTimeout(), Mono.defer(() -> giveUp(transmission)))
			.publishOn(this.thread);
	}

	private Mono<List<Outcome>> giveUp(Transmission transmission) {
		return Mono.fromRunnable(() -> {
			transmission.troubled(new PublishingUnavailable(
					"Kafka: no acknowledgement within " + this.properties.sendTimeout(), null));
			this.publisher.abort();
		}).subscribeOn(this.thread).then(transmission.outcomes().timeout(this.properties.statementTimeout()));
	}

	private Mono<Void> settle(Settlement settlement, @Nullable PublishingUnavailable trouble) {
		return this.table.settle(this.topic, settlement)
			.then(Mono.fromRunnable(() -> report(settlement)))
			.then(Mono.defer(() -> settlement.hasFailures() ? refreshHeldKeys() : Mono.empty()))
			.then(Mono.defer(() -> (trouble != null) ? pause(trouble) : recovered()));
	}

	private Mono<Void> refreshHeldKeys() {
		return this.table.keysOfSuspects(this.topic).flatMap((keys) -> Mono.fromRunnable(() -> hold(keys)));
	}

	private void hold(List<String> keys) {
		this.heldKeys = Set.copyOf(keys);
	}

	private void report(Settlement settlement) {
		this.metrics.published(this.topic, settlement.published().size());
		settlement.suspects()
			.forEach((failure) -> log.info("Row {} of topic {} is at fault and tried again: {}", failure.row().id(),
					this.topic, failure.error()));
		settlement.parked().forEach((failure) -> {
			this.metrics.parked(this.topic);
			log.error("Row {} of topic {} is parked after {} attempts: {}", failure.row().id(), this.topic,
					failure.row().attempts() + 1, failure.error());
		});
	}

	private Mono<Void> pause(PublishingUnavailable trouble) {
		int before = this.troubles.getAndIncrement();
		Duration pause = this.properties.backoff().pause(before);
		this.metrics.troubled(this.topic);
		if (before == 0) {
			log.warn("Rows of topic {} wait: {}", this.topic, trouble.getMessage());
		}
		else {
			log.debug("Rows of topic {} wait for another {}: {}", this.topic, pause, trouble.getMessage());
		}
		return Mono.delay(pause).takeUntilOther(this.stop.given()).then();
	}

	private Mono<Void> recovered() {
		int before = this.troubles.getAndSet(0);
		if (before > 0) {
			log.info("Rows of topic {} are published again, after {} failures", this.topic, before);
		}
		return Mono.empty();
	}

}
