package com.banqup.invitations.api.batch.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What bytes are as text. */
enum Utf8 {

	/** Characters of one byte only. */
	ASCII,

	/** Well-formed, with characters of several bytes. */
	LONGER,

	/** Not well-formed. */
	NONE;

	/** What these bytes are. */
	static Utf8 of(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to && bytes[index] >= 0) {
			index++;
		}
		return (index == to) ? ASCII : isWellFormed(bytes, index, to) ? LONGER : NONE;
	}

	private static boolean isWellFormed(byte[] bytes, int from, int to) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	/** The text of bytes like these. */
	String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from,
				(this == ASCII) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
	}

}
