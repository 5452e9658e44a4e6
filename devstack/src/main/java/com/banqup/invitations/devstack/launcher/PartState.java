package com.banqup.invitations.devstack.launcher;

import java.util.Locale;

/** How a part is. */
enum PartState {

	WAITING_TO_START, STOPPED, STARTING, RUNNING, WAITING_TO_RESTART;

	/** As users read it. */
	String title() {
		return name().toLowerCase(Locale.ROOT).replace('_', ' ');
	}

}
