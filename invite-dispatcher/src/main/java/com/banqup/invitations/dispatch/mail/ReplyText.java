package com.banqup.invitations.dispatch.mail;

import java.util.regex.Pattern;

/** Makes what a relay said fit to be stored and logged. */
final class ReplyText {

	/** Longest text kept, in characters. */
	static final int MAX_LENGTH = 500;

	/** More than enough to find the first {@link #MAX_LENGTH} characters in. */
	private static final int MAX_INPUT = 4 * MAX_LENGTH;

	private static final Pattern NO_TEXT = Pattern.compile("[\\p{C}\\p{Z}\\s]+");

	private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]{1,320}@[^\\s<>@]{1,320}");

	private ReplyText() {
	}

	/**
	 * One line of at most {@value #MAX_LENGTH} characters, without control characters and
	 * with mail addresses replaced: a relay often repeats the recipient.
	 */
	static String sanitise(String text) {
		String bounded = (text.length() > MAX_INPUT) ? text.substring(0, MAX_INPUT) : text;
		String line = NO_TEXT.matcher(bounded).replaceAll(" ").strip();
		String anonymous = ADDRESS.matcher(line).replaceAll("[address]");
		return (anonymous.length() > MAX_LENGTH) ? anonymous.substring(0, MAX_LENGTH) : anonymous;
	}

}
