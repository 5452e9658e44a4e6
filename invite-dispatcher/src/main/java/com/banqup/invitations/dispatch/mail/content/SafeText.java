package com.banqup.invitations.dispatch.mail.content;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes text that people typed fit for a mail: no control characters, no tricks with the
 * direction of writing, no text that a mail client turns into a link.
 */
final class SafeText {

	/** Longest name shown, in code points. */
	static final int MAX_NAME = 160;

	private static final char FIRST_STRONG_ISOLATE = '\u2068';

	private static final char POP_DIRECTIONAL_ISOLATE = '\u2069';

	/** Invisible, takes no room, and no part of an address. */
	private static final char ZERO_WIDTH_SPACE = '\u200b';

	private SafeText() {
	}

	/**
	 * A name on one line, of at most {@value #MAX_NAME} code points. A name with letters
	 * that run from right to left is isolated, so that it cannot reorder the text around
	 * it.
	 */
	static String name(String text) {
		StringBuilder name = new StringBuilder(text.length() + 2);
		int count = 0;
		boolean rightToLeft = false;
		boolean gap = false;
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			if (isGap(codePoint)) {
				gap = !name.isEmpty();
				continue;
			}
			if (isUnwanted(codePoint)) {
				continue;
			}
			if (++count > MAX_NAME) {
				name.append('…');
				break;
			}
			if (gap) {
				name.append(' ');
				gap = false;
				count++;
			}
			rightToLeft |= isRightToLeft(codePoint);
			name.appendCodePoint(visible(codePoint));
		}
		if (rightToLeft) {
			name.insert(0, FIRST_STRONG_ISOLATE).append(POP_DIRECTIONAL_ISOLATE);
		}
		return name.toString();
	}

	/**
	 * The lines of a message, in which nothing is recognised as a link, mail address or
	 * file share. Empty when there is nothing to show.
	 */
	static List<String> message(String text) {
		List<String> lines = new ArrayList<>();
		text.lines().map(SafeText::clean).map(SafeText::unlinked).forEach(lines::add);
		while (!lines.isEmpty() && lines.getLast().isBlank()) {
			lines.removeLast();
		}
		while (!lines.isEmpty() && lines.getFirst().isBlank()) {
			lines.removeFirst();
		}
		return lines;
	}

	/** The text, cut invisibly wherever a mail client would see a link. */
	static String unlinked(String text) {
		StringBuilder cut = new StringBuilder(text.length() + 16);
		int before = ' ';
		for (int i = 0; i < text.length();) {
			int codePoint = text.codePointAt(i);
			i += Character.charCount(codePoint);
			int next = (i < text.length()) ? text.codePointAt(i) : ' ';
			cut.appendCodePoint(codePoint);
			if (opensLink(before, codePoint, next)) {
				cut.append(ZERO_WIDTH_SPACE);
			}
			before = codePoint;
		}
		return cut.toString();
	}

	private static String clean(String line) {
		StringBuilder clean = new StringBuilder(line.length());
		line.codePoints()
			.filter((codePoint) -> codePoint == '\t' || !isUnwanted(codePoint))
			.map(SafeText::visible)
			.forEach(clean::appendCodePoint);
		return clean.toString().stripTrailing();
	}

	/** Whether a link may be seen around this character, unless it is cut off here. */
	private static boolean opensLink(int before, int codePoint, int next) {
		return switch (codePoint) {
			case '.', '\u3002', '\uff0e', '\uff61' -> !isGap(next) && !(isDigit(before) && isDigit(next));
			case ':' -> !isGap(next) && !isDigit(before);
			case '@', '\uff20' -> !isGap(next);
			case '/', '\\' -> next == codePoint || before == codePoint;
			default -> false;
		};
	}

	private static boolean isDigit(int codePoint) {
		return codePoint >= '0' && codePoint <= '9';
	}

	private static boolean isGap(int codePoint) {
		return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == '\u0085';
	}

	/** Controls, and marks that change the direction of what follows. */
	private static boolean isUnwanted(int codePoint) {
		return Character.isISOControl(codePoint) || (codePoint >= '\u202a' && codePoint <= '\u202e')
				|| (codePoint >= '\u2066' && codePoint <= '\u2069') || codePoint == '\u200e' || codePoint == '\u200f'
				|| codePoint == '\u061c' || codePoint == '\ufeff' || codePoint == '\u200b'
				|| Character.getType(codePoint) == Character.UNASSIGNED
				|| (codePoint >= 0xE0000 && codePoint <= 0xE007F);
	}

	private static int visible(int codePoint) {
		return (Character.getType(codePoint) == Character.SURROGATE) ? '\ufffd' : codePoint;
	}

	private static boolean isRightToLeft(int codePoint) {
		if (codePoint < 0x590) {
			return false;
		}
		byte directionality = Character.getDirectionality(codePoint);
		return directionality == Character.DIRECTIONALITY_RIGHT_TO_LEFT
				|| directionality == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
	}

}
