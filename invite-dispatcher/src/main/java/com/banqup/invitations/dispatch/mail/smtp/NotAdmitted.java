package com.banqup.invitations.dispatch.mail.smtp;

import com.banqup.invitations.dispatch.mail.RelayUnavailable;

/**
 * The relay took no connection, or greeted it with a refusal, while it keeps others: it
 * has as many as it wants.
 */
final class NotAdmitted extends RuntimeException {

	private final RelayUnavailable refusal;

	NotAdmitted(RelayUnavailable refusal) {
		super(refusal.getMessage(), null, false, false);
		this.refusal = refusal;
	}

	/** What this means when there are no others. */
	RelayUnavailable refusal() {
		return this.refusal;
	}

}
