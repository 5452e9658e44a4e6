package com.banqup.invitations.api.idempotency;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Carries out a request once and repeats its answer when it comes again. The answer is
 * kept in the transaction of the work: both or neither. Only successes are kept; whoever
 * was refused can try again with the same key.
 */
@Service
public class AnswerOnce {

	private final KeptAnswers answers;

	private final IdempotencyProperties properties;

	private final Clock clock;

	public AnswerOnce(KeptAnswers answers, IdempotencyProperties properties, Clock clock) {
		this.answers = answers;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * The answer that was given, empty if there is none. Errors with
	 * {@link IdempotencyKeyReused} or, while the request is carried out,
	 * {@link RequestInProgress}. Holds nothing: {@link #answer} decides.
	 */
	public Mono<GivenAnswer> find(IdempotentRequest request) {
		return Mono.defer(() -> this.answers.find(request, this.clock.instant()))
			.map((kept) -> repeat(request, kept))
			.switchIfEmpty(Mono.defer(() -> this.answers.isLocked(request))
				.filter(Boolean::booleanValue)
				.flatMap((locked) -> Mono.error(new RequestInProgress())));
	}

	/**
	 * The answer of the work or of its repetition. Errors with
	 * {@link IdempotencyKeyReused}, {@link RequestInProgress} or as the work does.
	 */
	@Transactional
	public Mono<GivenAnswer> answer(IdempotentRequest request, Supplier<Mono<Answer>> work) {
		return this.answers.tryLock(request)
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(RequestInProgress::new))
			.then(Mono.defer(() -> this.answers.find(request, this.clock.instant())))
			.map((kept) -> repeat(request, kept))
			.switchIfEmpty(Mono.defer(() -> work.get().flatMap((answer) -> keep(request, answer))));
	}

	private static GivenAnswer repeat(IdempotentRequest request, KeptAnswer kept) {
		if (!kept.bodyHash().equals(request.bodyHash())) {
			throw new IdempotencyKeyReused();
		}
		return new GivenAnswer(kept.answer(), true);
	}

	private Mono<GivenAnswer> keep(IdempotentRequest request, Answer answer) {
		Instant now = this.clock.instant();
		return this.answers.keep(request, answer, now, now.plus(this.properties.retention()))
			.thenReturn(new GivenAnswer(answer, false));
	}

}
