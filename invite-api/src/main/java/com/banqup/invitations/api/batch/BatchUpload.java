package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.client.ClientSelection;
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
 * @param selection the description that is sent instead of rows, null if rows are
 */
public record BatchUpload(PartnerSpaceId partnerSpaceId, TemplateId templateId, boolean dryRun, String format,
		@Nullable String idempotencyKey, String requestedBy, @Nullable ClientSelection selection) {

	/** That describes its clients instead of naming them. */
	BatchUpload selecting(ClientSelection clients) {
		return new BatchUpload(this.partnerSpaceId, this.templateId, this.dryRun, this.format, this.idempotencyKey,
				this.requestedBy, clients);
	}

}
