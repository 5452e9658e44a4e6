package com.banqup.invitations.dispatch.mail.content;

/**
 * A mail ready to be sent: header and body with CRLF line ends, every line ended, none
 * longer than 998 bytes, not dot-stuffed. All ASCII unless {@link #internationalized()}.
 *
 * @param bytes holds the mail from its start; not to be changed
 * @param length how many of the bytes are the mail
 * @param internationalized whether the recipient's address is not ASCII, so that only a
 * relay with SMTPUTF8 (RFC 6531) can take it
 */
@SuppressWarnings("ArrayRecordComponent")
public record MimeMail(byte[] bytes, int length, boolean internationalized) {

	/** Without the content, which holds the link. */
	@Override
	public String toString() {
		return "MimeMail[length=%d, internationalized=%s]".formatted(this.length, this.internationalized);
	}

}
