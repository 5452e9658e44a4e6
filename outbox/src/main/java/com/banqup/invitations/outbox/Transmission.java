package com.banqup.invitations.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A batch on its way to Kafka: collects what becomes of each row. One thread hands rows
 * over, the producer's thread reports.
 */
final class Transmission {

	private final List<OutboxRow> rows;

	private final AtomicReferenceArray<Outcome> outcomes;

	/** Records in flight, and one for the rows that are still to be handed over. */
	private final AtomicInteger pending = new AtomicInteger(1);

	private final Set<String> rejectedKeys = ConcurrentHashMap.newKeySet();

	private final AtomicReference<@Nullable PublishingUnavailable> trouble = new AtomicReference<>();

	private final CompletableFuture<List<Outcome>> completed = new CompletableFuture<>();

	Transmission(List<OutboxRow> rows) {
		this.rows = rows;
		this.outcomes = new AtomicReferenceArray<>(rows.size());
		for (int i = 0; i < rows.size(); i++) {
			this.outcomes.set(i, Outcome.UNDECIDED);
		}
	}

	List<OutboxRow> rows() {
		return this.rows;
	}

	/** Whether the row may follow those before it: no earlier one of its key failed. */
	boolean mayFollow(OutboxRow row) {
		return this.rejectedKeys.isEmpty() || !this.rejectedKeys.contains(row.key());
	}

	void handedOver() {
		this.pending.incrementAndGet();
	}

	void acknowledged(int position) {
		this.outcomes.set(position, Outcome.PUBLISHED);
		oneLess();
	}

	/** The row is at fault, found before it was handed over. */
	void rejected(int position, Throwable error) {
		String key = this.rows.get(position).key();
		this.rejectedKeys.add(key);
		this.outcomes.set(position, new Outcome.Rejected(text(error)));
	}

	/** The row is at fault, found by Kafka or its client. */
	void refused(int position, Throwable error) {
		rejected(position, error);
		oneLess();
	}

	/** Nobody knows what became of a row that was handed over. */
	void failed() {
		oneLess();
	}

	/** Kafka or the registry is at fault: nothing more is handed over. */
	void troubled(PublishingUnavailable error) {
		this.trouble.compareAndSet(null, error);
	}

	/** Nothing more is handed over. */
	void complete() {
		oneLess();
	}

	@Nullable PublishingUnavailable trouble() {
		return this.trouble.get();
	}

	/** What became of each row, when that is known of all. */
	Mono<List<Outcome>> outcomes() {
		return Mono.fromFuture(() -> this.completed, true);
	}

	private void oneLess() {
		if (this.pending.decrementAndGet() == 0) {
			List<Outcome> all = new ArrayList<>(this.rows.size());
			for (int i = 0; i < this.rows.size(); i++) {
				all.add(this.outcomes.get(i));
			}
			this.completed.complete(all);
		}
	}

	private static String text(Throwable error) {
		String message = error.getClass().getSimpleName() + ": " + error.getMessage();
		return message.substring(0, Math.min(message.length(), 500));
	}

}
