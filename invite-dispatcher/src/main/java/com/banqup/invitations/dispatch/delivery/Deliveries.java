package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

import reactor.core.publisher.Mono;

/**
 * The ledger: every delivery that was ever asked for, and what became of it. Each method
 * is one transaction, events and dead letters included.
 */
public interface Deliveries {

	/**
	 * Decides what is to be done about a batch. Revocations and cancellations count
	 * before requests, whatever their order. A request is cancelled when its invitation
	 * is revoked, a later generation is known, its bulk is cancelled, or it has expired;
	 * a deferred delivery is cancelled when a later generation is claimed. A cancelled
	 * bulk never cancels what may have been sent, for somebody did not say how it ended
	 * or the relay did not: that is claimed as if nothing had happened.
	 */
	Mono<Admission> admit(RequestBatch batch, Claim claim);

	/**
	 * Claims deferred deliveries of single requests, by the topic they came from, whose
	 * time has come, the longest due first. Those that are no longer wanted are cancelled
	 * instead.
	 * @param limit how many to look at
	 */
	Mono<Admission> claimDueSingle(int limit, Claim claim);

	/**
	 * Claims deferred deliveries of the bulks' topic whose time has come: of bulks, and
	 * of requests to invite many clients. Partner Spaces take turns, in an order that
	 * stays the same: as many of each that has some, the longest due first, and one of
	 * each after the other. So there are fewer than the limit when one of them does not
	 * use up its share. Those that are no longer wanted are cancelled instead.
	 * @param after the Partner Space that had the last turn: the one after it begins
	 * @param limit how many to look at
	 */
	Mono<Admission> claimDueOfBulks(UUID after, int limit, Claim claim);

	/**
	 * Records what became of claimed deliveries. Doing it again with the same attempts
	 * changes nothing. What is not held by this claim any more is left alone, except that
	 * a mail which was sent is always recorded as sent.
	 * @return errors with {@link OutcomeRefused} when trying again with the same attempts
	 * cannot help
	 */
	Mono<Void> record(Collection<Attempt> attempts, Claim claim);

	/**
	 * Gives up requests that nobody can ever carry out: a dead letter of each. A delivery
	 * that the ledger has never heard of is rejected, and others are told; what became of
	 * one that it knows stands.
	 */
	Mono<Void> giveUp(Collection<UselessRequest> requests);

	/**
	 * Cancels deferred deliveries whose bulk is cancelled, that nobody is at and that
	 * cannot have been sent.
	 * @param limit how many at most
	 * @return how many
	 */
	Mono<Integer> cancelDeferred(int limit, Instant now);

	/**
	 * Forgets the bulks whose cancellation is known for longer.
	 * @param before since before when
	 * @return how many
	 */
	Mono<Long> forgetCancelledBatches(Instant before);

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
