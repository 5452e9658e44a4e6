package com.banqup.invitations.api.client.web;

import java.util.List;

import com.banqup.invitations.api.client.ListedClient;
import com.banqup.invitations.api.paging.Page;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of clients. */
@Schema(name = "ClientPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClientPageView(List<ClientView> items, @Schema(
		description = "Send it as cursor to get the next page; absent on the last one.") @Nullable String nextCursor) {

	static ClientPageView of(Page<ListedClient> page) {
		return new ClientPageView(page.map(ClientView::of).items(),
				(page.next() != null) ? page.next().encode() : null);
	}

}
