package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Instant;

import com.banqup.invitations.api.invitation.InvitationRequests;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stops what is not yet sent of a batch: no more rows are decided, and the dispatcher is
 * asked to send no more of its mails, also of those that it has in its queue.
 */
@Service
public class CancelBatch {

	private final Batches batches;

	private final PartnerSpaces partnerSpaces;

	private final InvitationRequests requests;

	private final Clock clock;

	public CancelBatch(Batches batches, PartnerSpaces partnerSpaces, InvitationRequests requests, Clock clock) {
		this.batches = batches;
		this.partnerSpaces = partnerSpaces;
		this.requests = requests;
		this.clock = clock;
	}

	/**
	 * The batch, which ends when nothing of it waits any more. Asking again changes
	 * nothing. Errors with {@link BatchNotFound}, or with {@link BatchEnded} if it has
	 * completed or failed.
	 */
	@Transactional
	public Mono<InvitationBatch> cancel(PartnerSpaceId partnerSpaceId, BatchId id, String requestedBy) {
		return this.partnerSpaces.requireLocked(partnerSpaceId)
			.then(Mono.fromSupplier(this.clock::instant))
			.flatMap((now) -> this.batches.requestCancellation(partnerSpaceId, id, requestedBy, now)
				.flatMap((batch) -> stopMails(batch, now).thenReturn(batch)));
	}

	private Mono<Void> stopMails(InvitationBatch batch, Instant now) {
		boolean hasMails = batch.receivedAt() != null && !batch.dryRun();
		return hasMails ? this.requests.requestBatchCancellation(batch.partnerSpaceId(), batch.id().value(), now)
				: Mono.empty();
	}

}
