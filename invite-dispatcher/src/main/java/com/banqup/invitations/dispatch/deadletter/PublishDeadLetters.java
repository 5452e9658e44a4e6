package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings dead letters from the store to the topic, each at least once. */
public final class PublishDeadLetters {

	private static final Logger log = LoggerFactory.getLogger(PublishDeadLetters.class);

	/** Longer than a publication can take. */
	private static final Duration CLAIM = Duration.ofMinutes(2);

	private final DeadLetters letters;

	private final DeadLetterTopic topic;

	private final InstantSource clock;

	private final DeadLetterProperties properties;

	private final MeterRegistry meters;

	public PublishDeadLetters(DeadLetters letters, DeadLetterTopic topic, InstantSource clock,
			DeadLetterProperties properties, MeterRegistry meters) {
		this.letters = letters;
		this.topic = topic;
		this.clock = clock;
		this.properties = properties;
		this.meters = meters;
	}

	/**
	 * Publishes one batch and removes what the topic has, also when it does not have all.
	 * @return whether the batch was full, so that more may wait; errors when the topic
	 * does not have all
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
		return Flux.fromIterable(batch)
			.flatMap(this::publish, this.properties.batchSize(), 1)
			.collectList()
			.flatMap((results) -> remove(results).then(firstFailure(results)));
	}

	private Mono<Result> publish(StoredDeadLetter stored) {
		return this.topic.publish(stored.letter())
			.doOnSuccess((done) -> tell(stored.letter()))
			.thenReturn(new Result(stored.id(), null))
			.onErrorResume((ex) -> Mono.just(new Result(stored.id(), ex)));
	}

	private void tell(DeadLetter letter) {
		this.meters.counter("dispatch.dead.letters", "reason", letter.reasonCode()).increment();
		log.warn("{}: dead letter, {}", letter.record(), letter.reasonCode());
	}

	private Mono<Void> remove(List<Result> results) {
		List<Long> published = results.stream().filter((result) -> result.failure() == null).map(Result::id).toList();
		return published.isEmpty() ? Mono.empty() : this.letters.remove(published);
	}

	private static Mono<Void> firstFailure(List<Result> results) {
		return Flux.fromIterable(results)
			.mapNotNull(Result::failure)
			.next()
			.flatMap((failure) -> Mono.<Void>error(failure));
	}

	/**
	 * What became of a dead letter.
	 *
	 * @param id its id in the store
	 * @param failure why it is not in the topic, null when it is
	 */
	private record Result(long id, @Nullable Throwable failure) {
	}

}
