package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class PublishDeadLettersTests {

	private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private final StoreInMemory store = new StoreInMemory();

	private final List<DeadLetter> published = new ArrayList<>();

	private final Set<String> unpublishable = new HashSet<>();

	private final PublishDeadLetters publish = new PublishDeadLetters(this.store, this::publish,
			InstantSource.fixed(NOW), new DeadLetterProperties(2, Duration.ofSeconds(1)));

	@Test
	void publishesAndRemovesAndSaysWhetherMoreMayWait() {
		this.store.add(List.of(letter("a"), letter("b"), letter("c"))).block();

		this.publish.publish().as(StepVerifier::create).expectNext(true).verifyComplete();
		this.publish.publish().as(StepVerifier::create).expectNext(false).verifyComplete();

		assertThat(this.published).extracting(DeadLetter::reasonCode).containsExactly("a", "b", "c");
		assertThat(this.store.letters).isEmpty();
	}

	@Test
	void keepsWhatCouldNotBePublishedAndRemovesTheRest() {
		this.unpublishable.add("a");
		this.store.add(List.of(letter("a"), letter("b"))).block();

		this.publish.publish().as(StepVerifier::create).verifyError(IllegalStateException.class);

		assertThat(this.published).extracting(DeadLetter::reasonCode).containsExactly("b");
		assertThat(this.store.letters.values()).extracting(DeadLetter::reasonCode).containsExactly("a");
	}

	private Mono<Void> publish(DeadLetter letter) {
		return Mono.fromRunnable(() -> {
			if (this.unpublishable.contains(letter.reasonCode())) {
				throw new IllegalStateException("topic is not there");
			}
			this.published.add(letter);
		});
	}

	private static DeadLetter letter(String reason) {
		return new DeadLetter(new OriginalRecord("invitation-requests", 0, 1, NOW, null, null, List.of()), reason,
				"detail", NOW);
	}

	private static final class StoreInMemory implements DeadLetters {

		private final Map<Long, DeadLetter> letters = new TreeMap<>();

		private long lastId;

		@Override
		public Mono<Void> add(Collection<DeadLetter> added) {
			return Mono.fromRunnable(() -> added.forEach((letter) -> this.letters.put(++this.lastId, letter)));
		}

		@Override
		public Mono<List<StoredDeadLetter>> claim(int limit, Instant now, Instant until) {
			return Mono.fromSupplier(() -> this.letters.entrySet()
				.stream()
				.limit(limit)
				.map((entry) -> new StoredDeadLetter(entry.getKey(), entry.getValue()))
				.toList());
		}

		@Override
		public Mono<Void> remove(Collection<Long> ids) {
			return Mono.fromRunnable(() -> ids.forEach(this.letters::remove));
		}

		@Override
		public Mono<Long> count() {
			return Mono.fromSupplier(() -> (long) this.letters.size());
		}

	}

}
