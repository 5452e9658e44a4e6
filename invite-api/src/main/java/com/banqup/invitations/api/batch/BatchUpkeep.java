package com.banqup.invitations.api.batch;

import java.time.Instant;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/**
 * What has to be done with batches though nobody asks for it: they end, and what is no
 * longer needed of them goes.
 */
public interface BatchUpkeep {

	/**
	 * Ends the batches of which nothing waits any more, and those whose rows stopped
	 * coming before a time; gives how many. Mails that are tried again later keep none
	 * open but those that were stopped, and these only if that was not before another
	 * time.
	 */
	Mono<Long> settle(Instant now, Instant abandonedBefore, Instant silentBefore);

	/**
	 * Looks, in a running batch where that is due, for up to so many mails that were
	 * asked for before a time and of which nothing was heard since: the requests must
	 * have been lost. Neither turns nor the batch's end wait for them any more. They stay
	 * queued until something is heard of them, or they are asked for again. Empty if no
	 * batch is due; one that was looked at is due again only for a later time.
	 */
	Mono<SilentMails> writeOffSilent(Instant now, Instant silentBefore, int limit);

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

	/**
	 * Mails of a batch that nothing was heard of.
	 *
	 * @param batchId the batch
	 * @param partnerSpaceId whose it is
	 * @param mails how many were found this time, can be 0
	 */
	record SilentMails(BatchId batchId, PartnerSpaceId partnerSpaceId, long mails) {
	}

}
