package com.banqup.invitations.api.batch.reading;

import java.nio.charset.StandardCharsets;

/** What bytes are as text. */
enum Utf8 {

	/** Characters of one byte only. */
	ASCII,

	/** Well-formed, with characters of several bytes. */
	LONGER,

	/** Not well-formed. */
	NONE;

	/**
	 * What these bytes are (Unicode, table 3-7: no surrogates, nothing longer than it
	 * must be).
	 */
	static Utf8 of(byte[] bytes, int from, int to) {
		int index = from;
		while (index < to && bytes[index] >= 0) {
			index++;
		}
		if (index == to) {
			return ASCII;
		}
		while (index < to) {
			int length = lengthAt(bytes, index, to);
			if (length == 0) {
				return NONE;
			}
			index += length;
		}
		return LONGER;
	}

	/** The bytes of the character there, 0 if there is none. */
	private static int lengthAt(byte[] bytes, int index, int to) {
		int first = bytes[index] & 0xFF;
		if (first < 0x80) {
			return 1;
		}
		int length = (first < 0xE0) ? 2 : (first < 0xF0) ? 3 : 4;
		if (first < 0xC2 || first > 0xF4 || index + length > to) {
			return 0;
		}
		int least = switch (first) {
			case 0xE0 -> 0xA0;
			case 0xF0 -> 0x90;
			default -> 0x80;
		};
		int most = switch (first) {
			case 0xED -> 0x9F;
			case 0xF4 -> 0x8F;
			default -> 0xBF;
		};
		int second = bytes[index + 1] & 0xFF;
		if (second < least || second > most) {
			return 0;
		}
		for (int next = index + 2; next < index + length; next++) {
			if ((bytes[next] & 0xC0) != 0x80) {
				return 0;
			}
		}
		return length;
	}

	/** The text of bytes like these. */
	String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from,
				(this == ASCII) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
	}

}
