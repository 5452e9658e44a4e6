package com.banqup.invitations.api.access;

import java.util.Arrays;
import java.util.Optional;

/** The roles that people have in a Partner Space. */
public enum PartnerRole {

	/** May do everything. */
	ADMINISTRATOR("Administrator"),

	/** May manage and invite clients. */
	CLIENT_MANAGER("Client Manager"),

	/** May look. */
	ACCOUNTANT("Accountant");

	private final String claim;

	PartnerRole(String claim) {
		this.claim = claim;
	}

	/** The role with this value in the token's claim, empty when there is none. */
	public static Optional<PartnerRole> ofClaim(String claim) {
		return Arrays.stream(values()).filter((role) -> role.claim.equals(claim)).findAny();
	}

	/** Whether the role may do this. */
	public boolean may(AccessNeeded access) {
		return switch (access) {
			case LOOK -> true;
			case CHANGE -> this != ACCOUNTANT;
		};
	}

}
