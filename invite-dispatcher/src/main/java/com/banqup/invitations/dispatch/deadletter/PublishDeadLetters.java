package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings dead letters from the store to the topic, each at least once. */
public final class PublishDeadLetters {

	/** Longer than a publication can take. */
	private static final Duration CLAIM = Duration.ofMinutes(2);

	private final DeadLetters letters;

	private final DeadLetterTopic topic;

	private final InstantSource clock;

	private final DeadLetterProperties properties;

	public PublishDeadLetters(DeadLetters letters, DeadLetterTopic topic, InstantSource clock,
			DeadLetterProperties properties) {
		this.letters = letters;
		this.topic = topic;
		this.clock = clock;
		this.properties = properties;
	}

	/**
	 * Publishes one batch. Those that were published before one failed are removed.
	 * @return whether the batch was full, so that more may wait
	 */
	public Mono<Boolean> publish() {
		return claim().flatMap((batch) -> publish(batch).thenReturn(batch.size() == this.properties.batchSize()));
	}

	private Mono<List<StoredDeadLetter>> claim() {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			return this.letters.claim(this.properties.batchSize(), now, now.plus(CLAIM));
		});
	}

	private Mono<Void> publish(List<StoredDeadLetter> batch) {
		return Flux.fromIterable(batch).flatMapDelayError(this::publish, this.properties.batchSize(), 1).then();
	}

	private Mono<Void> publish(StoredDeadLetter stored) {
		return this.topic.publish(stored.letter()).then(this.letters.remove(List.of(stored.id())));
	}

}
