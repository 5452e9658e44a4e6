package com.banqup.invitations.api.invitation.web;

import java.util.List;

import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.paging.Page;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of invitations. */
@Schema(name = "InvitationPage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvitationPageView(List<InvitationView> items, @Schema(
		description = "Send it as cursor to get the next page; absent on the last one.") @Nullable String nextCursor) {

	static InvitationPageView of(Page<Invitation> page) {
		return new InvitationPageView(page.map(InvitationView::of).items(),
				(page.next() != null) ? page.next().encode() : null);
	}

}
