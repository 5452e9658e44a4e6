package com.banqup.invitations.api.client.web;

import java.util.List;

import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;

/** The tabs of the client list. */
final class ClientTab {

	private ClientTab() {
	}

	/** The status of the clients on this tab, null for all clients. */
	static @Nullable ClientStatus status(@Nullable String tab) {
		return (tab == null) ? null : ClientStatus.ofTab(tab)
			.orElseThrow(() -> new InvalidBody(List.of(new FieldError("tab", ClientStatus.TAB_EXPECTED))));
	}

}
