package com.banqup.invitations.dispatch.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import reactor.core.publisher.Mono;

/** Dead letters in memory. */
public final class InMemoryDeadLetters implements DeadLetters {

	private final Map<Long, Row> rows = new TreeMap<>();

	private long lastId;

	private int removals;

	@Override
	public synchronized Mono<Void> add(Collection<DeadLetter> letters) {
		return Mono.fromRunnable(
				() -> letters.forEach((letter) -> this.rows.put(++this.lastId, new Row(letter, Instant.MIN))));
	}

	@Override
	public Mono<List<StoredDeadLetter>> claim(int limit, Instant now, Instant until) {
		return Mono.fromSupplier(() -> {
			List<Map.Entry<Long, Row>> free = this.rows.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().claimedUntil().isAfter(now))
				.limit(limit)
				.toList();
			List<StoredDeadLetter> claimed = free.stream()
				.map((entry) -> new StoredDeadLetter(entry.getKey(), entry.getValue().letter()))
				.toList();
			free.forEach((entry) -> entry.setValue(new Row(entry.getValue().letter(), until)));
			return claimed;
		});
	}

	@Override
	public Mono<Void> remove(Collection<Long> ids) {
		return Mono.fromRunnable(() -> {
			this.removals++;
			ids.forEach(this.rows::remove);
		});
	}

	@Override
	public Mono<Long> count() {
		return Mono.fromSupplier(() -> (long) this.rows.size());
	}

	/** How often somebody removed letters. */
	int removals() {
		return this.removals;
	}

	private record Row(DeadLetter letter, Instant claimedUntil) {
	}

}
