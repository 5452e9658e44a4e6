package com.banqup.invitations.api.batch;

import java.time.Instant;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What has to be done with batches though nobody asks for it: they end, and what is no
 * longer needed of them goes.
 */
public interface BatchUpkeep {

	/**
	 * Ends the batches of which nothing waits any more, and those whose rows stopped
	 * coming before a time; gives how many.
	 */
	Mono<Long> settle(Instant now, Instant abandonedBefore);

	/**
	 * Ends the batches whose rows were all decided before a time, although nobody knows
	 * what became of some of their mails: the requests must have been lost.
	 */
	Flux<BatchId> settleSilent(Instant now, Instant silentBefore);

	/**
	 * Removes rows of a batch that ended before they were decided, up to so many chunks;
	 * does nothing if there is none.
	 */
	Mono<Void> discardUndecided(int chunks);

	/**
	 * Removes batches that ended before a time, the oldest first, with all that is known
	 * of their rows; takes up to so many rows of each kind at once and gives how many it
	 * took. Passes over what somebody else works on.
	 */
	Mono<Long> removeEnded(Instant before, int limit);

	/**
	 * Brings counts together that connections have left which are gone, up to so many;
	 * gives how many these were. Passes over what somebody else works on.
	 */
	Mono<Long> foldCounts(int limit);

}
