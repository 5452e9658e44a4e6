package com.banqup.invitations.api.text;

import java.text.Normalizer;
import java.util.Locale;

/** Text that people write: what it may contain, and how it is compared. */
public final class PlainText {

	/** The longest name of a company, a person or a template, in characters. */
	public static final int MAX_NAME = 200;

	/** The longest message of a partner, in characters. */
	public static final int MAX_MESSAGE = 2_000;

	/** The longest external reference, in characters. */
	public static final int MAX_REFERENCE = 100;

	private PlainText() {
	}

	/** How many characters (code points) the text has. */
	public static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/**
	 * Whether the text has characters that nobody types: control characters, halves of
	 * characters, and those that change the direction of what follows, with which a name
	 * can be made to look like another one.
	 */
	public static boolean hasForbidden(String text, boolean linesAllowed) {
		return text.codePoints().anyMatch((character) -> isForbidden(character, linesAllowed));
	}

	private static boolean isForbidden(int character, boolean linesAllowed) {
		if (character == '\n' || character == '\r' || character == '\t') {
			return !linesAllowed;
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> isDirectionOverride(character);
		};
	}

	private static boolean isDirectionOverride(int character) {
		return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
	}

	/** One line as it is stored: composed, with single spaces, none at the ends. */
	public static String line(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
	}

	/** Several lines as they are stored: composed, with \n between lines. */
	public static String lines(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFC).replace("\r\n", "\n").replace('\r', '\n').strip();
	}

	/**
	 * The text as it is searched: without case and accents, so that <i>cafe munchen</i>
	 * finds <i>Café München</i>.
	 */
	public static String folded(String text) {
		String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
		StringBuilder folded = new StringBuilder(decomposed.length());
		decomposed.codePoints().filter((character) -> !isMark(character)).forEach((character) -> {
			switch (character) {
				case 'ß' -> folded.append("ss");
				case 'æ' -> folded.append("ae");
				case 'œ' -> folded.append("oe");
				case 'ø' -> folded.append('o');
				case 'đ', 'ð' -> folded.append('d');
				case 'ł' -> folded.append('l');
				case 'ı' -> folded.append('i');
				case 'þ' -> folded.append("th");
				default -> folded.appendCodePoint(character);
			}
		});
		return folded.toString().strip().replaceAll("\\s+", " ");
	}

	private static boolean isMark(int character) {
		return switch (Character.getType(character)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
			default -> false;
		};
	}

	/**
	 * A pattern for SQL's LIKE (escape character \) that finds the folded text anywhere.
	 */
	public static String likePattern(String text) {
		return "%" + folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
	}

}
