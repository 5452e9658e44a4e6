package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/**
 * The batches of all Partner Spaces, as partners follow and stop them. How their rows
 * come is with {@link BatchUploads}, how these are decided with {@link BatchTurns}, and
 * decided again with {@link BatchRetries}.
 */
public interface Batches {

	/** The batch. Errors with {@link BatchNotFound}. */
	Mono<InvitationBatch> require(PartnerSpaceId partnerSpaceId, BatchId id);

	/** A page of batches, newest first. */
	Mono<Page<InvitationBatch>> list(PartnerSpaceId partnerSpaceId, PageRequest page);

	/** What was counted, by batch and name. */
	Mono<Map<BatchId, Map<String, Long>>> counts(Collection<BatchId> ids);

	/**
	 * Notes that the partner stops the batch, which is locked until the running
	 * transaction ends; if its rows still come it has ended, and its key is free. Errors
	 * with {@link BatchNotFound}, {@link BatchEnded}.
	 */
	Mono<InvitationBatch> requestCancellation(PartnerSpaceId partnerSpaceId, BatchId id, String requestedBy,
			Instant now);

}
