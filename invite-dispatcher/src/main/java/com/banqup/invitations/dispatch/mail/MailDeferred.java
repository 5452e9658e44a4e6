package com.banqup.invitations.dispatch.mail;

import org.jspecify.annotations.Nullable;

/**
 * This mail was not taken for now: a temporary (4xx) reply, a time-out or a connection
 * lost on the way. It may have been delivered when the connection was lost after its last
 * byte; the Message-ID is the same when it is sent again. Part of the normal course, so
 * it carries no stack trace.
 */
public final class MailDeferred extends RuntimeException {

	/** Nobody knows whether the relay took the mail: its answer did not come. */
	public static final String MAYBE_DELIVERED = "maybe-delivered";

	private final String reasonCode;

	private final @Nullable Integer replyCode;

	private final @Nullable String enhancedStatus;

	private final String text;

	/**
	 * Creates it.
	 * @param reasonCode stable code of the reason, kebab case
	 * @param replyCode the relay's SMTP reply code, null when there was none
	 * @param enhancedStatus the enhanced status code (RFC 3463), null when there was none
	 * @param text what the relay said, as it came
	 */
	public MailDeferred(String reasonCode, @Nullable Integer replyCode, @Nullable String enhancedStatus, String text) {
		super("%s (reply %s %s)".formatted(reasonCode, replyCode, enhancedStatus), null, false, false);
		this.reasonCode = reasonCode;
		this.replyCode = replyCode;
		this.enhancedStatus = enhancedStatus;
		this.text = ReplyText.sanitise(text);
	}

	/** Stable code of the reason. */
	public String reasonCode() {
		return this.reasonCode;
	}

	/** The relay's SMTP reply code, null when there was none. */
	public @Nullable Integer replyCode() {
		return this.replyCode;
	}

	/** The enhanced status code, null when there was none. */
	public @Nullable String enhancedStatus() {
		return this.enhancedStatus;
	}

	/** What the relay said, bounded and free of control characters and addresses. */
	public String text() {
		return this.text;
	}

}
