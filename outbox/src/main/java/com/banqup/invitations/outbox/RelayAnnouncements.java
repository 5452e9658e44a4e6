package com.banqup.invitations.outbox;

import java.time.Duration;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;

/**
 * Wakes the active relay: directly when it is in this process, by NOTIFY otherwise.
 * <p>
 * NOTIFY is not part of the transactions that append: PostgreSQL lets transactions that
 * notify commit one after the other, each with its own flush, which costs most of the
 * throughput of small transactions. Here, one notification at a time follows the commits,
 * and stands for all of them. One that gets lost costs a poll interval.
 */
final class RelayAnnouncements implements Announcements, SmartLifecycle {

	static final String CHANNEL = "outbox";

	private static final Logger log = LoggerFactory.getLogger(RelayAnnouncements.class);

	private final DatabaseClient database;

	private final Duration timeout;

	private volatile @Nullable Runnable relayHere;

	private volatile @Nullable Runnable notifier;

	private volatile @Nullable Disposable notifying;

	RelayAnnouncements(ConnectionFactory connectionFactory, Duration timeout) {
		this.database = DatabaseClient.create(connectionFactory);
		this.timeout = timeout;
	}

	@Override
	public void announce() {
		Runnable receiver = this.relayHere;
		if (receiver == null) {
			receiver = this.notifier;
		}
		if (receiver != null) {
			receiver.run();
		}
	}

	/** Announcements of this process, for the relay in it while it is the active one. */
	Flux<Boolean> here() {
		return Flux.<Boolean>create((sink) -> {
			Runnable receiver = () -> sink.next(true);
			this.relayHere = receiver;
			sink.onDispose(() -> forget(receiver));
		}, OverflowStrategy.LATEST);
	}

	private void forget(Runnable receiver) {
		if (this.relayHere == receiver) {
			this.relayHere = null;
		}
	}

	private Mono<Void> notifyRelay() {
		return this.database.sql("select pg_notify('" + CHANNEL + "', '')")
			.then()
			.timeout(this.timeout)
			.onErrorResume((error) -> Mono.fromRunnable(() -> log.debug("The relay could not be notified", error)));
	}

	@Override
	public void start() {
		this.notifying = Flux.<Boolean>create((sink) -> this.notifier = () -> sink.next(true), OverflowStrategy.LATEST)
			.concatMap((announcement) -> notifyRelay(), 1)
			.subscribe();
	}

	@Override
	public void stop() {
		Disposable current = this.notifying;
		this.notifier = null;
		this.notifying = null;
		if (current != null) {
			current.dispose();
		}
	}

	@Override
	public boolean isRunning() {
		return this.notifying != null;
	}

	@Override
	public int getPhase() {
		return OutboxRelay.PHASE;
	}

}
