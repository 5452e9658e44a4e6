package com.banqup.invitations.acceptance.account;

import org.jspecify.annotations.Nullable;

/** What identity providers call people, made fit to be stored and shown. */
public final class AccountName {

	private static final int LONGEST = 200;

	private AccountName() {
	}

	/**
	 * The name on one line, of at most 200 characters, without what no database stores;
	 * null when nothing is left of it.
	 */
	public static @Nullable String tidy(@Nullable String name) {
		if (name == null) {
			return null;
		}
		StringBuilder visible = new StringBuilder();
		name.codePoints().map(AccountName::visible).forEach(visible::appendCodePoint);
		String tidy = visible.toString().strip();
		if (tidy.codePointCount(0, tidy.length()) > LONGEST) {
			tidy = tidy.substring(0, tidy.offsetByCodePoints(0, LONGEST - 1)) + "…";
		}
		return tidy.isEmpty() ? null : tidy;
	}

	private static int visible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
			default -> codePoint;
		};
	}

}
