package com.banqup.invitations.outbox;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.NoTransactionException;
import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Takes records that are to be published if, and only if, the running transaction
 * commits. They are then published at least once, whatever happens to this process, to
 * Kafka or to the schema registry.
 * <p>
 * Records with the same topic and key are published in the order of their transactions if
 * the writers of a key exclude each other: lock (insert, update or select for update) the
 * row that the key stands for before appending. Records of one call keep their order.
 */
public final class Outbox {

	/**
	 * Key of the Reactor context under which {@link #append} finds the W3C trace context
	 * (a string) that consumers are to continue.
	 */
	public static final String TRACEPARENT = "traceparent";

	private static final Pattern VALID_TRACEPARENT = Pattern
		.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

	private final ConnectionFactory connectionFactory;

	private final DatabaseClient database;

	private final RowEncoder encoder;

	private final Announcements announcements;

	Outbox(ConnectionFactory connectionFactory, RowEncoder encoder, Announcements announcements) {
		this.connectionFactory = connectionFactory;
		this.database = DatabaseClient.create(connectionFactory);
		this.encoder = encoder;
		this.announcements = announcements;
	}

	/**
	 * Appends a record within the running transaction.
	 * @param message the record
	 * @return completes when the row is in the transaction; errors with
	 * {@link IllegalStateException} when no R2DBC transaction of the outbox's database is
	 * running and with {@link IllegalArgumentException} when the record can never be
	 * published
	 */
	public Mono<Void> append(OutboxMessage message) {
		return append(List.of(message));
	}

	/**
	 * Appends records within the running transaction, in their order, by one statement.
	 * @param messages the records; none is fine
	 * @return as {@link #append(OutboxMessage)}; either all rows are in the transaction
	 * or none
	 */
	public Mono<Void> append(Collection<OutboxMessage> messages) {
		return announce()
			.then(Mono.defer(() -> messages.isEmpty() ? Mono.empty() : encode(messages).flatMap(this::insert)));
	}

	private Mono<OutboxRows> encode(Collection<OutboxMessage> messages) {
		return Mono.deferContextual((context) -> Mono.just(rows(List.copyOf(messages), traceparent(context))));
	}

	/** Has the relay woken when the running transaction has committed. */
	private Mono<Void> announce() {
		return TransactionSynchronizationManager.forCurrentTransaction()
			.onErrorResume(NoTransactionException.class, (none) -> Mono.empty())
			.filter(this::isOfThisDatabase)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException(
					"no running transaction (expected: an R2DBC transaction around whatever appends to the outbox)")))
			.flatMap((transaction) -> Mono
				.fromRunnable(() -> transaction.registerSynchronization(new AnnounceAfterCommit())));
	}

	private boolean isOfThisDatabase(TransactionSynchronizationManager transaction) {
		return transaction.isActualTransactionActive() && transaction.hasResource(this.connectionFactory);
	}

	private Mono<Void> insert(OutboxRows rows) {
		return rows.bindTo(this.database.sql(OutboxRows.INSERT)).then();
	}

	private OutboxRows rows(List<OutboxMessage> messages, @Nullable String traceparent) {
		int count = messages.size();
		String[] topics = new String[count];
		String[] keys = new String[count];
		Integer[] starts = new Integer[count];
		Integer[] sizes = new Integer[count];
		@Nullable String[] traceparents = new @Nullable String[count];
		ByteArrayOutputStream payloads = new ByteArrayOutputStream(512 * count);
		for (int i = 0; i < count; i++) {
			OutboxMessage message = messages.get(i);
			topics[i] = message.topic();
			keys[i] = message.key();
			starts[i] = payloads.size() + 1;
			this.encoder.encode(message, payloads);
			sizes[i] = payloads.size() + 1 - starts[i];
			traceparents[i] = traceparent;
		}
		return new OutboxRows(topics, keys, payloads.toByteArray(), starts, sizes, traceparents);
	}

	private static @Nullable String traceparent(ContextView context) {
		return (context.getOrDefault(TRACEPARENT, null) instanceof String traceparent
				&& VALID_TRACEPARENT.matcher(traceparent).matches()) ? traceparent : null;
	}

	/** After, not in the transaction: see {@link Announcements}. */
	private final class AnnounceAfterCommit implements TransactionSynchronization {

		@Override
		public Mono<Void> afterCommit() {
			return Mono.fromRunnable(Outbox.this.announcements::announce);
		}

	}

}
