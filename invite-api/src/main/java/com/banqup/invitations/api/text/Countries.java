package com.banqup.invitations.api.text;

import java.util.Locale;
import java.util.Set;

/** The countries by their ISO 3166-1 alpha-2 codes. */
public final class Countries {

	/** What to say of a code that is none. */
	public static final String EXPECTED = "not a country (expected: an ISO 3166-1 alpha-2 code such as BE)";

	private static final Set<String> CODES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

	private Countries() {
	}

	/**
	 * The code in this text as codes are written: without blanks around it, and what
	 * comes with pasted text unseen, in capitals.
	 */
	public static String code(String text) {
		String line = PlainText.line(text);
		String capitals = line.toUpperCase(Locale.ROOT);
		// The capitals of a single letter can be two.
		return (capitals.length() == line.length()) ? capitals : line;
	}

	/** Whether a country has this code, which is written in capitals. */
	public static boolean haveCode(String code) {
		return CODES.contains(code);
	}

}
