package com.banqup.invitations.api.batch.reading;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.banqup.invitations.api.text.PlainText;
import org.jspecify.annotations.Nullable;

/** What the columns of a CSV file mean. */
final class CsvColumns {

	private static final String DELIMITERS = ";,\t";

	private static final String TOLD = "sep=";

	/** More of them, and longer ones, are not reported. */
	private static final int MAX_IGNORED = 100;

	private static final int MAX_HEADING = 100;

	private final List<@Nullable Field> fields;

	private final List<String> ignored;

	private CsvColumns(List<@Nullable Field> fields, List<String> ignored) {
		this.fields = fields;
		this.ignored = List.copyOf(ignored);
	}

	/**
	 * The columns of this header.
	 * @throws InvalidColumns if name or email is missing, or a column is there twice
	 */
	static CsvColumns of(CsvFields header, int line) {
		List<@Nullable Field> fields = new ArrayList<>();
		List<String> ignored = new ArrayList<>();
		Set<Field> known = EnumSet.noneOf(Field.class);
		while (header.next()) {
			String heading = PlainText.line(header.text());
			Field field = Field.ofColumn(heading);
			fields.add(field);
			if (field == null) {
				report(heading, ignored);
			}
			else if (!known.add(field)) {
				throw new InvalidColumns("column " + field + " more than once (expected: once)").at(0, line);
			}
		}
		requireAll(known, line);
		return new CsvColumns(fields, ignored);
	}

	private static void requireAll(Set<Field> known, int line) {
		for (Field needed : List.of(Field.NAME, Field.EMAIL)) {
			if (!known.contains(needed)) {
				throw new InvalidColumns(
						"no column " + needed + " (expected: a header with name and email, and as needed " + Field.NAMES
								+ ", separated by commas, semicolons or tabs)")
					.at(0, line);
			}
		}
	}

	private static void report(String heading, List<String> ignored) {
		if (!heading.isEmpty() && ignored.size() < MAX_IGNORED) {
			int length = Math.min(PlainText.length(heading), MAX_HEADING);
			ignored.add(heading.substring(0, heading.offsetByCodePoints(0, length)));
		}
	}

	/**
	 * The delimiter that a line such as {@code sep=;} tells, 0 if the line is no such.
	 */
	static byte toldDelimiter(String line) {
		String told = line.toLowerCase(Locale.ROOT);
		boolean tells = told.length() == TOLD.length() + 1 && told.startsWith(TOLD)
				&& DELIMITERS.indexOf(told.charAt(TOLD.length())) >= 0;
		return tells ? (byte) told.charAt(TOLD.length()) : 0;
	}

	/**
	 * The delimiter that is most often in the header outside quotes; a comma if none is.
	 */
	static byte delimiterOf(String header) {
		char most = ',';
		long mostCount = 0;
		for (char delimiter : DELIMITERS.toCharArray()) {
			long count = count(header, delimiter);
			if (count > mostCount) {
				most = delimiter;
				mostCount = count;
			}
		}
		return (byte) most;
	}

	private static long count(String header, char delimiter) {
		long count = 0;
		boolean quoted = false;
		for (char character : header.toCharArray()) {
			quoted ^= character == '"';
			count += (character == delimiter && !quoted) ? 1 : 0;
		}
		return count;
	}

	/** How many there are. */
	int count() {
		return this.fields.size();
	}

	/** What the column means, null if nothing here or if there is no such column. */
	@Nullable Field field(int column) {
		return (column < this.fields.size()) ? this.fields.get(column) : null;
	}

	/** The column that means this, -1 if there is none. */
	int column(Field field) {
		return this.fields.indexOf(field);
	}

	/** The headings of those that mean nothing here. */
	List<String> ignored() {
		return this.ignored;
	}

}
