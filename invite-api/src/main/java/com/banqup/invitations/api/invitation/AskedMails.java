package com.banqup.invitations.api.invitation;

import java.time.LocalDate;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/**
 * How many mails Partner Spaces have asked for on a day. Single requests and bulks are
 * counted apart, so that neither waits until the other's transaction has ended.
 */
public interface AskedMails {

	/**
	 * Counts mails of a single request in the running transaction, which holds the
	 * Partner Space's lock. Gives how many there are on the day with these, those of
	 * bulks as far as they are committed.
	 */
	Mono<Long> addSingle(PartnerSpaceId id, LocalDate day, int mails);

	/**
	 * How many single requests have asked for on the day, as far as they are committed.
	 */
	Mono<Long> ofSingle(PartnerSpaceId id, LocalDate day);

}
