package com.banqup.invitations.api.batch.web;

import java.util.UUID;

import com.banqup.invitations.api.batch.ListedRow;
import com.banqup.invitations.api.batch.RowState;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a row. */
@Schema(name = "BatchRow")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowView(@Schema(description = "1 for the first row; a header is none.", example = "12") int row,
		@Schema(description = "The line of the file it starts at.", example = "13") int line,
		@Schema(description = "What you call the row.", example = "K-10042") @Nullable String rowRef, RowState state,
		@Schema(description = "Stable code of why nobody was invited, or why a mail that did not arrive is not asked for again.",
				example = "already-invited", allowableValues = {
						"malformed", "invalid-encoding", "line-too-long", "unknown-field", "invalid-row-ref",
						"missing-name", "invalid-name", "name-too-long", "missing-address", "invalid-address",
						"invalid-language", "invalid-external-reference", "invalid-vat-number", "invalid-country",
						"invalid-message", "message-too-long", "not-decided", "duplicate-in-batch", "already-linked",
						"already-invited", "unknown-client", "address-differs", "names-another-client", "revoked",
						"sent-too-often" }) @Nullable String reason,
		@Schema(description = "The reason in words.",
				example = "An invitation is pending. It can be sent again.") @Nullable String detail,
		@Nullable UUID clientId,
		@Schema(description = "The row's invitation, or the one that stands in the way.") @Nullable UUID invitationId,
		@Schema(description = "What became of the invitation's mail.",
				allowableValues = { "QUEUED", "SENT", "DEFERRED", "REJECTED", "CANCELLED" }) @Nullable String delivery,
		@Nullable String deliveryReason){

	static RowView of(ListedRow row) {
		return new RowView(row.number(), row.line(), row.rowRef(), row.state(), row.reason(), row.detail(),
				row.clientId(), row.invitationId(), row.delivery(), row.deliveryReason());
	}

}
