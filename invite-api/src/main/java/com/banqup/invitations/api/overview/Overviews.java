package com.banqup.invitations.api.overview;

import java.time.Instant;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/** Counts. */
public interface Overviews {

	/** The numbers of the Partner Space as of now. */
	Mono<Overview> count(PartnerSpaceId partnerSpaceId, Instant now);

}
