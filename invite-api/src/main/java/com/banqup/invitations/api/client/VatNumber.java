package com.banqup.invitations.api.client;

import java.util.regex.Pattern;

/**
 * What VAT numbers look like, as they are written: those of all countries, spaced or not.
 */
public final class VatNumber {

	/** A regular expression for all of them. */
	public static final String PATTERN = "^[A-Za-z0-9][A-Za-z0-9 .+*-]{1,29}$";

	/** What to say of a text that is none. */
	public static final String EXPECTED = "not a VAT number (expected: 2..30 letters, digits, spaces, dots or hyphens)";

	private static final Pattern COMPILED = Pattern.compile(PATTERN);

	private VatNumber() {
	}

	/** Whether the line may be a VAT number. */
	public static boolean matches(String line) {
		return COMPILED.matcher(line).matches();
	}

}
