package com.banqup.invitations.api.text;

import java.util.Locale;

/** The languages that clients are addressed in, in words. */
public final class Languages {

	/** What to say of a code that is of none of them. */
	public static final String EXPECTED = "not a language (expected: en, nl, fr or de)";

	private Languages() {
	}

	/**
	 * The code in this text as codes are written: without blanks around it, and what
	 * comes with pasted text unseen, in small letters.
	 */
	public static String code(String text) {
		return PlainText.line(text).toLowerCase(Locale.ROOT);
	}

}
