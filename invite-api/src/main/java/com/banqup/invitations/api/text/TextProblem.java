package com.banqup.invitations.api.text;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a text that is to be kept.
 *
 * @param kind what kind of problem
 * @param message what the text is and what is expected, without repeating it
 */
public record TextProblem(Kind kind, String message) {

	private static final String INVISIBLE = "has invisible characters";

	/** What is wrong with a line, looked at as it is stored; null if nothing is. */
	public static @Nullable TextProblem ofLine(String text, int max) {
		if (PlainText.hasForbidden(text, false)) {
			return line(Kind.INVALID, INVISIBLE, max);
		}
		int length = PlainText.length(PlainText.line(text));
		if (length == 0) {
			return line(Kind.BLANK, "blank", max);
		}
		if (length > max) {
			return line(Kind.TOO_LONG, length + " characters", max);
		}
		return PlainText.isReadable(text) ? null : line(Kind.INVALID, "without a letter or digit", max);
	}

	/**
	 * What is wrong with several lines, looked at as they are stored; null if nothing is.
	 */
	public static @Nullable TextProblem ofLines(String text, int max) {
		if (PlainText.hasForbidden(text, true)) {
			return lines(Kind.INVALID, INVISIBLE, max);
		}
		int length = PlainText.length(PlainText.lines(text));
		return (length > max) ? lines(Kind.TOO_LONG, length + " characters", max) : null;
	}

	private static TextProblem line(Kind kind, String problem, int max) {
		return new TextProblem(kind, problem + " (expected: one line of 1.." + max + " characters)");
	}

	private static TextProblem lines(Kind kind, String problem, int max) {
		return new TextProblem(kind, problem + " (expected: text of up to " + max + " characters)");
	}

	/** Kinds of problems. */
	public enum Kind {

		/** There is nothing in it. */
		BLANK,

		/** There is more in it than is kept. */
		TOO_LONG,

		/** There is something in it that such texts do not have. */
		INVALID

	}

}
