package com.banqup.invitations.api.client;

import java.util.Optional;

/** Whether a client is linked to the Partner Space. */
public enum ClientStatus {

	/** Not linked: can be invited. */
	INACTIVE,

	/** Linked: the partner has access. */
	ACTIVE;

	/** What to say of a tab that the client list does not have. */
	public static final String TAB_EXPECTED = "not a tab (expected: inactive or active)";

	/**
	 * The status of the clients on this tab of the client list, empty if it has no such
	 * tab.
	 */
	public static Optional<ClientStatus> ofTab(String tab) {
		return switch (tab) {
			case "inactive" -> Optional.of(INACTIVE);
			case "active" -> Optional.of(ACTIVE);
			default -> Optional.empty();
		};
	}

}
