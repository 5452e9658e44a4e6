package com.banqup.invitations.acceptance.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Two letters that stand for a name. */
final class Initials {

	private Initials() {
	}

	/** The first letters of the first two words, in upper case; a dot for none. */
	static String of(String name) {
		String initials = Arrays.stream(name.split("[^\\p{L}\\p{N}\\p{M}'’.]+"))
			.filter((word) -> !word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0)))
			.limit(2)
			.map((word) -> word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT))
			.collect(Collectors.joining());
		return initials.isEmpty() ? "·" : initials;
	}

}
