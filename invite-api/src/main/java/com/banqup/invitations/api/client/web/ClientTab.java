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
		return switch (tab) {
			case null -> null;
			case "inactive" -> ClientStatus.INACTIVE;
			case "active" -> ClientStatus.ACTIVE;
			default ->
				throw new InvalidBody(List.of(new FieldError("tab", "not a tab (expected: inactive or active)")));
		};
	}

}
