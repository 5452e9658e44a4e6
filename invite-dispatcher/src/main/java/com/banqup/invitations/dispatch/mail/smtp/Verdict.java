package com.banqup.invitations.dispatch.mail.smtp;

import java.util.List;

import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailRejected;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;

/**
 * Decides what a reply that is no success means for the mail. Reason codes are stable:
 * they come from the enhanced status code (RFC 3463) where there is one, and from the
 * reply code otherwise.
 */
final class Verdict {

	private Verdict() {
	}

	/** The failure that this reply at this stage is. */
	static RuntimeException of(Stage stage, Reply reply) {
		if (isAboutLogin(reply)) {
			return new RelayUnavailable("login-required", reply.code() + " " + reply.text());
		}
		if (stage == Stage.MAIL && reply.isPermanent() && !isAboutThisMail(reply)) {
			return new RelayUnavailable("sender-refused", reply.code() + " " + reply.text());
		}
		if (reply.isPermanent() && !isTooManyRecipients(stage, reply)) {
			return new MailRejected(reason(stage, reply), reply.code(), reply.enhancedStatus(), reply.text());
		}
		if (reply.isPermanent() || reply.isTemporary()) {
			return new MailDeferred(reason(stage, reply), reply.code(), reply.enhancedStatus(), reply.text());
		}
		return unexpected(stage, reply);
	}

	/** A reply that makes no sense here. */
	static MailDeferred unexpected(Stage stage, Reply reply) {
		return new MailDeferred((stage == Stage.MESSAGE) ? MailDeferred.MAYBE_DELIVERED : "protocol-error",
				reply.code(), reply.enhancedStatus(), reply.text());
	}

	/** The relay wants a login that it did not get: no mail is to blame. */
	private static boolean isAboutLogin(Reply reply) {
		return switch (reply.code()) {
			case 530, 534, 535, 538 -> true;
			default -> false;
		};
	}

	/**
	 * Until the recipient is named, the relay knows of a mail its size and whether it
	 * needs SMTPUTF8. Whatever else it refuses, it refuses us, and every mail alike.
	 */
	private static boolean isAboutThisMail(Reply reply) {
		return reply.code() == 552
				|| List.of("5.2.3", "5.3.4", "5.6.7").contains(String.valueOf(reply.enhancedStatus()));
	}

	/** Servers say 552 for 452 (RFC 5321 section 4.5.3.1.10), unless they say more. */
	private static boolean isTooManyRecipients(Stage stage, Reply reply) {
		return stage == Stage.RCPT && reply.code() == 552 && reply.enhancedStatus() == null;
	}

	private static String reason(Stage stage, Reply reply) {
		return switch (reply.subject()) {
			case 1 -> switch (reply.detail()) {
				case 2, 10 -> "domain-unknown";
				case 0, 1, 6 -> "mailbox-unknown";
				case 7, 8 -> "sender-refused";
				default -> "address-invalid";
			};
			case 2 -> switch (reply.detail()) {
				case 1 -> "mailbox-disabled";
				case 2 -> "mailbox-full";
				case 3 -> "message-too-large";
				default -> "mailbox-unavailable";
			};
			case 3 -> switch (reply.detail()) {
				case 1 -> "insufficient-storage";
				case 4 -> "message-too-large";
				default -> "relay-error";
			};
			case 4 -> "network";
			case 5 -> "protocol-error";
			case 6 -> (reply.detail() == 7) ? "address-needs-smtputf8" : "content-refused";
			case 7 -> "policy";
			default -> reasonOfCode(stage, reply);
		};
	}

	private static String reasonOfCode(Stage stage, Reply reply) {
		return switch (reply.code()) {
			case 421 -> "relay-closing";
			case 450 -> (stage == Stage.RCPT) ? "mailbox-unavailable" : "relay-error";
			case 451 -> "relay-error";
			case 452 -> "insufficient-storage";
			case 500, 501, 502, 503, 504, 555 -> "protocol-error";
			case 521, 556 -> "domain-unknown";
			case 550, 551, 553 -> (stage == Stage.RCPT) ? "mailbox-unknown" : "policy";
			case 552 -> (stage == Stage.RCPT) ? "mailbox-full" : "message-too-large";
			case 554 -> "policy";
			default -> reply.isPermanent() ? "refused" : "relay-error";
		};
	}

}
