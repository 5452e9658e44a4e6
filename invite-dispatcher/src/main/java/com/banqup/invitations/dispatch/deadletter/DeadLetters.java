package com.banqup.invitations.dispatch.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import reactor.core.publisher.Mono;

/**
 * Dead letters that are not in the topic yet. They are added in the transaction that
 * gives the request up and removed when the topic has them, so none is lost; after a
 * crash in between, one can be in the topic twice.
 */
public interface DeadLetters {

	/** Adds these, as part of the running transaction if there is one. */
	Mono<Void> add(Collection<DeadLetter> letters);

	/**
	 * Takes the oldest for publishing. Nobody else gets them before {@code until}.
	 * @param limit how many at most
	 * @param now the time
	 * @param until when they are free again, unless removed
	 */
	Mono<List<StoredDeadLetter>> claim(int limit, Instant now, Instant until);

	/** Removes these: the topic has them. */
	Mono<Void> remove(Collection<Long> ids);

	/** How many there are. */
	Mono<Long> count();

}
