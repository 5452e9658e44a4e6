package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class PublishDeadLettersTests {

	private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private final InMemoryDeadLetters store = new InMemoryDeadLetters();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<DeadLetter> published = new ArrayList<>();

	private final Set<String> unpublishable = new HashSet<>();

	private final PublishDeadLetters publish = new PublishDeadLetters(this.store, this::publish,
			InstantSource.fixed(NOW), new DeadLetterProperties(2, Duration.ofSeconds(1)), this.meters);

	@Test
	void publishesAndRemovesAndSaysWhetherMoreMayWait() {
		this.store.add(List.of(letter("a"), letter("b"), letter("c"))).block();

		this.publish.publish().as(StepVerifier::create).expectNext(true).verifyComplete();
		this.publish.publish().as(StepVerifier::create).expectNext(false).verifyComplete();

		assertThat(this.published).extracting(DeadLetter::reasonCode).containsExactly("a", "b", "c");
		assertThat(this.store.count().block()).isZero();
		assertThat(this.store.removals()).as("one statement a batch").isEqualTo(2);
	}

	@Test
	void keepsWhatCouldNotBePublishedAndRemovesTheRest() {
		this.unpublishable.add("a");
		this.store.add(List.of(letter("a"), letter("b"))).block();

		this.publish.publish().as(StepVerifier::create).verifyError(IllegalStateException.class);

		assertThat(this.published).extracting(DeadLetter::reasonCode).containsExactly("b");
		assertThat(this.store.claim(10, NOW.plusSeconds(600), NOW).block())
			.extracting((stored) -> stored.letter().reasonCode())
			.containsExactly("a");
	}

	@Test
	void countsWhatItPublishedByReason() {
		this.unpublishable.add("a");
		this.store.add(List.of(letter("a"), letter("b"))).block();

		this.publish.publish().as(StepVerifier::create).verifyError(IllegalStateException.class);

		assertThat(this.meters.find("dispatch.dead.letters").counters()).singleElement().satisfies((counter) -> {
			assertThat(counter.getId().getTag("reason")).isEqualTo("b");
			assertThat(counter.count()).isOne();
		});
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

}
