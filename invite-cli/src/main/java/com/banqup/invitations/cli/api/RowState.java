package com.banqup.invitations.cli.api;

import java.util.Locale;

/** How rows can be asked for. */
public enum RowState {

	WAITING, INVITED, SKIPPED, INVALID, CANCELLED;

	String parameter() {
		return name().toLowerCase(Locale.ROOT);
	}

}
