package com.banqup.invitations.dispatch.mail.smtp;

import com.banqup.invitations.dispatch.mail.RelayUnavailable;

/**
 * The relay took no connection, or greeted it with a refusal: it is down, or it has as
 * many connections as it wants.
 */
final class NotAdmitted extends RuntimeException {

	private final RelayUnavailable refusal;

	NotAdmitted(RelayUnavailable refusal) {
		super(refusal.getMessage(), null, false, false);
		this.refusal = refusal;
	}

	/** What this means when it has none. */
	RelayUnavailable refusal() {
		return this.refusal;
	}

}
