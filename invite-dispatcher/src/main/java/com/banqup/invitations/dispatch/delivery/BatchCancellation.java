package com.banqup.invitations.dispatch.delivery;

import java.util.UUID;

/**
 * The partner does not want the rest of a bulk any more: none of its mails that is not
 * sent yet is to be sent, not even those that are asked for later.
 *
 * @param batchId the bulk
 * @param partnerSpaceId the Partner Space it is of; no other can cancel it
 */
public record BatchCancellation(UUID batchId, UUID partnerSpaceId) {
}
