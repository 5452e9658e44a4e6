package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.List;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import org.jspecify.annotations.Nullable;

/**
 * A bulk of invitations.
 *
 * @param id which one
 * @param partnerSpaceId who invites
 * @param templateId on which terms
 * @param dryRun whether it only tells what would be
 * @param state how far it is
 * @param failure why it failed, null if it did not
 * @param ignoredColumns columns of the file that mean nothing here
 * @param rows how many rows were taken
 * @param createdBy subject of the user who sent it
 * @param createdAt when its first rows were taken
 * @param receivedAt when all were, null while they are not
 * @param runningSince when it began to run, or to run again after its end or a pause for
 * the next day; null before
 * @param settledBefore how many rows had come to their end then
 * @param cancelRequestedAt when the partner stopped it, null if nobody did
 * @param pacedUntil when it goes on, null if it does not wait for another day
 * @param endedAt when nothing of it waited any more, null before
 */
public record InvitationBatch(BatchId id, PartnerSpaceId partnerSpaceId, TemplateId templateId, boolean dryRun,
		BatchState state, @Nullable BatchFailure failure, List<String> ignoredColumns, int rows, String createdBy,
		Instant createdAt, @Nullable Instant receivedAt, @Nullable Instant runningSince, long settledBefore,
		@Nullable Instant cancelRequestedAt, @Nullable Instant pacedUntil, @Nullable Instant endedAt) {

	public InvitationBatch {
		ignoredColumns = List.copyOf(ignoredColumns);
	}

}
