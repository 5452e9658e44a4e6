package com.banqup.invitations.api.idempotency;

import java.time.Instant;

import reactor.core.publisher.Mono;

/** The answers that are kept for the time in which callers may repeat requests. */
public interface KeptAnswers {

	/**
	 * Takes the request for the running transaction; false, at once, if another
	 * transaction has it.
	 */
	Mono<Boolean> tryLock(IdempotentRequest request);

	/** Whether a transaction has the request, now. */
	Mono<Boolean> isLocked(IdempotentRequest request);

	/** The answer that was given, empty if there is none or its time is over. */
	Mono<KeptAnswer> find(IdempotentRequest request, Instant now);

	/** Keeps the answer in the running transaction. */
	Mono<Void> keep(IdempotentRequest request, Answer answer, Instant now, Instant expiresAt);

	/** Removes answers whose time is over, up to a number; gives how many. */
	Mono<Long> removeExpired(Instant now, int limit);

}
