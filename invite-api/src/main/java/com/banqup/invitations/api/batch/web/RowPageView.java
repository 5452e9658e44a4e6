package com.banqup.invitations.api.batch.web;

import java.util.List;

import com.banqup.invitations.api.batch.ListedRow;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of rows. */
@Schema(name = "BatchRowPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowPageView(List<RowView> items, @Schema(
		description = "Send it as cursor to get the next page; absent on the last one.") @Nullable String nextCursor) {

	/** Of rows that were read with one more than the limit. */
	static RowPageView of(List<ListedRow> rows, int limit) {
		List<RowView> items = rows.stream().limit(limit).map(RowView::of).toList();
		return new RowPageView(items, (rows.size() > limit) ? RowCursor.encode(rows.get(limit - 1).position()) : null);
	}

}
