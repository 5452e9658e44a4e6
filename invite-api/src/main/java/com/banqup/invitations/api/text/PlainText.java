package com.banqup.invitations.api.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text that people write: what it may contain, and how it is compared. */
public final class PlainText {

	/** The longest name of a company, a person or a template, in characters. */
	public static final int MAX_NAME = 200;

	/** The longest message of a partner, in characters. */
	public static final int MAX_MESSAGE = 2_000;

	/** The longest external reference, in characters. */
	public static final int MAX_REFERENCE = 100;

	private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

	private static final int ZERO_WIDTH_JOINER = 0x200D;

	/** Letters and marks that show nothing; the first ones are Hangul's and Khmer's. */
	private static final Set<Integer> FILLERS = Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x17B4, 0x17B5, 0x034F, 0x2800);

	/**
	 * What comes with pasted text unseen, and goes when it is stored: soft hyphens, zero
	 * width spaces, byte order marks, marks of direction.
	 */
	private static final Pattern PASTED = Pattern.compile("[\\u00AD\\u200B\\uFEFF\\u200E\\u200F]");

	private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

	/** No character before has another, composed form. */
	private static final char FIRST_COMBINING = 0x0300;

	private PlainText() {
	}

	/** How many characters (code points) the text has. */
	public static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/**
	 * Whether the text has characters that nobody sees: control and format characters
	 * (but the joiners that some scripts and symbols need, and those that are taken out
	 * when the text is stored), halves of characters, and fillers. With these, a text can
	 * be made to look like another one, or like none.
	 */
	public static boolean hasForbidden(String text, boolean linesAllowed) {
		return !isPlain(text)
				&& withoutPasted(text).codePoints().anyMatch((character) -> isForbidden(character, linesAllowed));
	}

	/**
	 * Whether there are only letters, marks and spaces of Western languages in the text:
	 * seen by everybody, composed, none of them pasted. Most texts are like that, and
	 * need not be looked at more closely.
	 */
	private static boolean isPlain(String text) {
		for (int index = 0; index < text.length(); index++) {
			char character = text.charAt(index);
			boolean plain = (character < 0x7F) ? character >= ' '
					: character > 0xA0 && character < FIRST_COMBINING && character != 0xAD;
			if (!plain) {
				return false;
			}
		}
		return true;
	}

	private static boolean hasSpacesToDrop(String text) {
		return text.startsWith(" ") || text.endsWith(" ") || text.contains("  ");
	}

	private static boolean isForbidden(int character, boolean linesAllowed) {
		if (character == '\n' || character == '\r' || character == '\t') {
			return !linesAllowed;
		}
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			case Character.FORMAT -> character != ZERO_WIDTH_NON_JOINER && character != ZERO_WIDTH_JOINER;
			default -> FILLERS.contains(character);
		};
	}

	/** Whether the text has something to read in it: a letter or a digit. */
	public static boolean isReadable(String text) {
		for (int index = 0; index < text.length(); index += Character.charCount(text.codePointAt(index))) {
			if (Character.isLetterOrDigit(text.codePointAt(index))) {
				return true;
			}
		}
		return false;
	}

	/** One line as it is stored: composed, with single spaces, none at the ends. */
	public static String line(String text) {
		if (isPlain(text)) {
			return hasSpacesToDrop(text) ? BLANKS.matcher(text).replaceAll(" ").strip() : text;
		}
		return BLANKS.matcher(composed(text)).replaceAll(" ").strip();
	}

	/** Several lines as they are stored: composed, with \n between lines. */
	public static String lines(String text) {
		return stripped(composed(text).replace("\r\n", "\n").replace('\r', '\n'));
	}

	private static String composed(String text) {
		return Normalizer.normalize(withoutPasted(text), Normalizer.Form.NFC);
	}

	/** The text without what comes with pasted text unseen. */
	public static String withoutPasted(String text) {
		return isPlain(text) ? text : PASTED.matcher(text).replaceAll("");
	}

	/** The text without blanks at the ends, those of typesetters included. */
	public static String stripped(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isBlank(text.charAt(start))) {
			start++;
		}
		while (end > start && isBlank(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isBlank(char character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character);
	}

	/**
	 * The text as it is searched: without case and accents, so that <i>cafe munchen</i>
	 * finds <i>Café München</i>.
	 */
	public static String folded(String text) {
		String decomposed = Normalizer.normalize(withoutPasted(text), Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
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
		return BLANKS.matcher(folded).replaceAll(" ").strip();
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
