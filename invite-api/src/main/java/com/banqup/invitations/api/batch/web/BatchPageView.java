package com.banqup.invitations.api.batch.web;

import java.util.List;

import com.banqup.invitations.api.batch.BatchProgress;
import com.banqup.invitations.api.paging.Page;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of batches. */
@Schema(name = "InvitationBatchPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchPageView(List<BatchView> items, @Schema(
		description = "Send it as cursor to get the next page; absent on the last one.") @Nullable String nextCursor) {

	static BatchPageView of(Page<BatchProgress> page) {
		return new BatchPageView(page.map(BatchView::of).items(), (page.next() != null) ? page.next().encode() : null);
	}

}
