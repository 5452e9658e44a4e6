package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.Collection;

import reactor.core.publisher.Mono;

/**
 * The messages that nothing could be learned from, kept so that people can look at them
 * and have them sent again. The latest ones: who never looks does not fill the database.
 */
public interface UnusableRequests {

	/** How many are kept at most: more than a bulk that somebody sent in a wrong form. */
	int LIMIT = 100_000;

	/** Keeps these. Keeping the same again changes nothing. */
	Mono<Void> keep(Collection<UnusableRequest> requests, Instant now);

	/** How many are kept. */
	Mono<Long> count();

}
