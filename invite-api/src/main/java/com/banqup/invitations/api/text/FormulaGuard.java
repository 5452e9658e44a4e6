package com.banqup.invitations.api.text;

/**
 * An apostrophe before text that a spreadsheet would take for a formula. It can be taken
 * away again: what has been guarded is what it was before.
 */
public final class FormulaGuard {

	private static final char GUARD = '\'';

	/**
	 * What spreadsheets begin formulas with, also in the wide forms (OWASP, CSV
	 * injection).
	 */
	private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

	private FormulaGuard() {
	}

	/**
	 * The text, guarded if need be: if it would be a formula, or looks guarded already.
	 */
	public static String guard(String text) {
		return needsGuard(text, 0) ? GUARD + text : text;
	}

	/** The text that was guarded, or this one if it has no guard. */
	public static String withoutGuard(String text) {
		return (!text.isEmpty() && text.charAt(0) == GUARD && needsGuard(text, 1)) ? text.substring(1) : text;
	}

	private static boolean needsGuard(String text, int from) {
		int first = from;
		while (first < text.length() && text.charAt(first) == GUARD) {
			first++;
		}
		return first < text.length() && FORMULA_STARTS.indexOf(text.charAt(first)) >= 0;
	}

}
