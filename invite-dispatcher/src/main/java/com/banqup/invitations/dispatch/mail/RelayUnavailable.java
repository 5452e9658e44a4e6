package com.banqup.invitations.dispatch.mail;

/**
 * The relay takes no mail at all (connection refused, TLS or login failed, service shut
 * down). No mail is to blame: none is charged with an attempt, the lane waits. Carries no
 * stack trace.
 */
public final class RelayUnavailable extends RuntimeException {

	private final String reasonCode;

	/**
	 * Creates it.
	 * @param reasonCode stable code of the reason, kebab case, for example
	 * connection-refused
	 * @param detail for operators: what was found, without addresses and secrets
	 */
	public RelayUnavailable(String reasonCode, String detail) {
		super(reasonCode + ": " + ReplyText.sanitise(detail), null, false, false);
		this.reasonCode = reasonCode;
	}

	/** Stable code of the reason. */
	public String reasonCode() {
		return this.reasonCode;
	}

}
