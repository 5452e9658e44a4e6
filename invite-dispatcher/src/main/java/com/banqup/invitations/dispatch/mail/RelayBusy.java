package com.banqup.invitations.dispatch.mail;

/**
 * No session with the relay became free in time, while others send: the relay is slower
 * than the mails come, or grants fewer sessions. The mail was not sent and is not to
 * blame: no attempt counts. Carries no stack trace.
 */
public final class RelayBusy extends RuntimeException {

	public RelayBusy() {
		super("no session became free in time", null, false, false);
	}

}
