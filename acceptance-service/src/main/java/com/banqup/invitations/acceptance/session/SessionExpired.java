package com.banqup.invitations.acceptance.session;

/**
 * The session ended, or got a new id, while a request changed it: the request's changes
 * are lost, and the browser can try again.
 */
public class SessionExpired extends RuntimeException {

	public SessionExpired() {
		super("session: ended during the request", null, false, false);
	}

}
