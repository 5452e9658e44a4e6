package com.banqup.invitations.api.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/**
 * What the other services are asked to do. Requests leave when the running transaction
 * commits, and never if it does not.
 */
public interface InvitationRequests {

	/** Asks to mail these generations. */
	Mono<Void> requestMails(List<MailRequest> mails);

	/** Asks to send no more mails of the bulk. */
	Mono<Void> requestBatchCancellation(PartnerSpaceId partnerSpaceId, UUID batchId, Instant at);

	/** Asks to end the invitation. */
	Mono<Void> requestRevocation(Invitation invitation, Instant at);

}
