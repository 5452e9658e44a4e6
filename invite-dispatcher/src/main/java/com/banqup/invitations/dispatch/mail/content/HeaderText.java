package com.banqup.invitations.dispatch.mail.content;

import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;
import org.apache.james.mime4j.util.MimeUtil;

/**
 * Writes text into header fields: as it is where that is allowed, in encoded words (RFC
 * 2047) otherwise, folded. No text can end the field it stands in.
 */
final class HeaderText {

	/** A reader would take text that holds this for an encoded word. */
	private static final String ENCODED_WORD_START = "=?";

	private HeaderText() {
	}

	/** A field of free text, with its name and end of line. */
	static String text(String field, String text) {
		int used = field.length() + 2;
		String encoded = text.contains(ENCODED_WORD_START) ? EncoderUtil.encodeEncodedWord(text, Usage.TEXT_TOKEN, used)
				: EncoderUtil.encodeIfNecessary(text, Usage.TEXT_TOKEN, used);
		return field(field, encoded);
	}

	/** A field of one address, with its name and end of line. */
	static String mailbox(String field, String displayName, String address) {
		String encoded = displayName.contains(ENCODED_WORD_START)
				? EncoderUtil.encodeEncodedWord(displayName, Usage.WORD_ENTITY)
				: EncoderUtil.encodeAddressDisplayName(displayName);
		return field(field, encoded + " <" + address + ">");
	}

	private static String field(String field, String value) {
		return MimeUtil.fold(field + ": " + value, 0) + "\r\n";
	}

}
