package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody sends rows.
 *
 * @param partnerSpaceId who invites
 * @param templateId on which terms
 * @param dryRun whether to tell only what would be
 * @param format what the rows are written in; a repeated upload has the same
 * @param idempotencyKey by what a repeated upload is known, null if there is none
 * @param requestedBy subject of the user who sends them
 */
public record BatchUpload(PartnerSpaceId partnerSpaceId, TemplateId templateId, boolean dryRun, String format,
		@Nullable String idempotencyKey, String requestedBy) {
}
