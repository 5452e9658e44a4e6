package com.banqup.invitations.dispatch.mail;

import java.time.Duration;

/**
 * The relay took the mail.
 *
 * @param replyCode the relay's SMTP reply code to the end of the message, for example 250
 * @param reply the reply's text, bounded and free of control characters and addresses
 * @param took from the start of the attempt to the reply
 */
public record MailReceipt(int replyCode, String reply, Duration took) {

	public MailReceipt {
		reply = ReplyText.sanitise(reply);
	}

}
