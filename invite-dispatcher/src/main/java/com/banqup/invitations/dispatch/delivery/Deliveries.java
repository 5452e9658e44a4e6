package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.Collection;

import reactor.core.publisher.Mono;

/**
 * The ledger: every delivery that was ever asked for, and what became of it. Each method
 * is one transaction, events and dead letters included.
 */
public interface Deliveries {

	/**
	 * Decides what is to be done about a batch. Revocations count before requests,
	 * whatever their order. A request is cancelled when its invitation is revoked, a
	 * later generation is known, or it has expired; a deferred delivery is cancelled when
	 * a later generation is claimed.
	 */
	Mono<Admission> admit(RequestBatch batch, Claim claim);

	/**
	 * Claims deferred deliveries whose time has come, the longest due first. Those that
	 * are no longer wanted are cancelled instead.
	 * @param limit how many to look at
	 */
	Mono<Admission> claimDue(int limit, Claim claim);

	/**
	 * Records what became of claimed deliveries. Doing it again with the same attempts
	 * changes nothing. What is not held by this claim any more is left alone, except that
	 * a mail which was sent is always recorded as sent.
	 * @return errors with {@link OutcomeRefused} when trying again with the same attempts
	 * cannot help
	 */
	Mono<Void> record(Collection<Attempt> attempts, Claim claim);

	/** How many deferred deliveries there are. */
	Mono<RetryQueue> retryQueue(Instant now);

	/**
	 * How many deferred deliveries there are.
	 *
	 * @param due their time has come
	 * @param waiting it has not
	 */
	record RetryQueue(long due, long waiting) {
	}

}
