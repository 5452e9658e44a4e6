package com.banqup.invitations.api.text;

/**
 * Apostrophes before text that a spreadsheet would take for a formula: at the beginning,
 * and wherever a spreadsheet that divides at other characters than we do would see the
 * beginning of a cell. They can be taken away again: what has been guarded is what it was
 * before.
 */
public final class FormulaGuard {

	private static final char GUARD = '\'';

	/**
	 * What spreadsheets begin formulas with, also in the wide forms (OWASP, CSV
	 * injection).
	 */
	private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

	/** What spreadsheets divide cells at, depending on the country they are set to. */
	private static final String DELIMITERS = ";,\t";

	/** May stand before a formula that is one nevertheless. */
	private static final String QUOTES = "'\"";

	private FormulaGuard() {
	}

	/**
	 * The text, guarded where need be: where it would be a formula, or looks guarded
	 * already.
	 */
	public static String guard(String text) {
		StringBuilder guarded = new StringBuilder(text.length() + 1);
		for (int index = 0; index < text.length(); index++) {
			if (isCellStart(text, index) && isFormula(text, index)) {
				guarded.append(GUARD);
			}
			guarded.append(text.charAt(index));
		}
		return guarded.toString();
	}

	/** The text that was guarded, or this one if it has no guard. */
	public static String withoutGuard(String text) {
		StringBuilder plain = new StringBuilder(text.length());
		for (int index = 0; index < text.length(); index++) {
			boolean guard = text.charAt(index) == GUARD && isCellStart(text, index) && isFormula(text, index + 1);
			if (!guard) {
				plain.append(text.charAt(index));
			}
		}
		return plain.toString();
	}

	private static boolean isCellStart(String text, int index) {
		return index == 0 || DELIMITERS.indexOf(text.charAt(index - 1)) >= 0;
	}

	private static boolean isFormula(String text, int from) {
		int first = from;
		while (first < text.length() && QUOTES.indexOf(text.charAt(first)) >= 0) {
			first++;
		}
		return first < text.length() && FORMULA_STARTS.indexOf(text.charAt(first)) >= 0;
	}

}
