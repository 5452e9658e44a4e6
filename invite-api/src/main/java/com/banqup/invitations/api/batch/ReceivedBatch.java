package com.banqup.invitations.api.batch;

/**
 * A batch of which an upload has brought all rows.
 *
 * @param batch the batch
 * @param repeated whether all of them had been there before
 */
public record ReceivedBatch(InvitationBatch batch, boolean repeated) {
}
