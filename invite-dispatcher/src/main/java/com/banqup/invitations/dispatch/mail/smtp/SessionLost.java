package com.banqup.invitations.dispatch.mail.smtp;

import com.banqup.invitations.dispatch.mail.MailDeferred;

/**
 * The session broke before the message was sent: the mail was certainly not taken.
 */
final class SessionLost extends RuntimeException {

	private final MailDeferred deferred;

	private final boolean stale;

	SessionLost(MailDeferred deferred, boolean stale) {
		super(deferred.reasonCode(), null, false, false);
		this.deferred = deferred;
		this.stale = stale;
	}

	/** What this means if the mail is not tried again at once. */
	MailDeferred deferred() {
		return this.deferred;
	}

	/** Whether the session was a kept one, so that a fresh one may do better. */
	boolean isStale() {
		return this.stale;
	}

}
