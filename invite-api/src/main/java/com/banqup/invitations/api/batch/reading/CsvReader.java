package com.banqup.invitations.api.batch.reading;

import java.util.List;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.text.FormulaGuard;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) as spreadsheets write it: with a header, and with commas,
 * semicolons or tabs between fields, whichever the header has most of, or what a line
 * {@code sep=;} before it says. Blank records and blank fields are taken for absent; a
 * {@code rowRef} may be guarded as in exports. A quote that is out of place makes one row
 * malformed; reading goes on at the line below. Such a row keeps its {@code rowRef} if
 * that is sure. In a file with very many of them every line is taken for a row.
 * <p>
 * Records are cut and split here and not by a library: libraries read from streams that
 * block, and after a misplaced quote they do not go on at the line below. Whoever cuts
 * records for them has done most of their work.
 */
final class CsvReader extends RecordReader {

	/**
	 * Misplaced quotes after which the lines below are read again. Each costs as much as
	 * the longest record; after as many, quotes end with their line.
	 */
	private static final int MAX_REREADS = 1_000;

	private final RecordCutter cutter;

	private final int maxHeader;

	private @Nullable CsvColumns columns;

	private byte delimiter;

	CsvReader(UploadProperties properties) {
		this(properties, RecordCutter.csv(maxLine(properties), MAX_REREADS));
	}

	private CsvReader(UploadProperties properties, RecordCutter cutter) {
		super(properties, cutter);
		this.cutter = cutter;
		this.maxHeader = maxLine(properties);
	}

	@Override
	List<String> ignoredColumns() {
		return (this.columns != null) ? this.columns.ignored() : List.of();
	}

	/** A header is no row. */
	@Override
	UploadRefused located(UploadRefused refused) {
		return (this.columns != null) ? super.located(refused) : refused.at(0, line());
	}

	@Override
	Piece.@Nullable Row read() {
		while (true) {
			RecordCutter.Cut cut = this.cutter.cut();
			if (cut == RecordCutter.Cut.NOTHING) {
				return null;
			}
			CsvColumns known = this.columns;
			if (known == null) {
				readHeader(cut);
				continue;
			}
			BatchRow row = switch (cut) {
				case TOO_LONG -> tooLong(sureFields(known));
				case UNCLOSED -> reread(sureFields(known), unclosed());
				case BROKEN -> reread(sureFields(known),
						"something follows a closing quote (expected: a delimiter; within quotes, quotes are doubled)");
				default -> row(known);
			};
			if (row != null) {
				return new Piece.Row(row);
			}
			countBlank();
		}
	}

	private String unclosed() {
		return this.cutter.isLineByLine()
				? "a quote is opened and not closed in its line (expected: a closing quote; after " + MAX_REREADS
						+ " misplaced quotes every line is taken for a row)"
				: "a quote is opened and not closed (expected: a closing quote)";
	}

	private BatchRow reread(RowFields fields, String detail) {
		BatchRow row = unusable(fields, new Unusable(RowReason.MALFORMED, detail));
		this.cutter.reread();
		return row;
	}

	/** The fields of the record that was cut that come before anything out of place. */
	private RowFields sureFields(CsvColumns known) {
		RowFields fields = new RowFields();
		CsvFields record = CsvFields.ofFirstLine(this.cutter, this.delimiter);
		for (int column = 0; record.nextWhole(); column++) {
			if (!record.isBlank()) {
				set(fields, known.field(column), record);
			}
		}
		return fields;
	}

	/**
	 * The same where there is a delimiter too many. It may be in any of the columns, but
	 * for the first, which has what the partner's system calls the row or the client, and
	 * not in those before an address.
	 */
	private RowFields sureFieldsOfTooMany(CsvColumns known) {
		RowFields all = sureFields(known);
		String email = all.get(Field.EMAIL);
		int sure = (email != null && EmailAddress.matches(email)) ? known.column(Field.EMAIL) : 0;
		RowFields fields = new RowFields();
		if (known.column(Field.ROW_REF) <= sure) {
			fields.set(Field.ROW_REF, all.get(Field.ROW_REF));
		}
		return fields;
	}

	/** The row, null if the record is blank. */
	private @Nullable BatchRow row(CsvColumns known) {
		Utf8 text = Utf8.of(this.cutter.bytes(), this.cutter.from(), this.cutter.to());
		RowFields fields = new RowFields();
		CsvFields record = new CsvFields(this.cutter, this.delimiter, text);
		boolean blank = true;
		boolean tooMany = false;
		for (int column = 0; record.next(); column++) {
			if (!record.isBlank()) {
				blank = false;
				tooMany |= column >= known.count();
				set(fields, known.field(column), record);
			}
		}
		if (blank) {
			return null;
		}
		if (text == Utf8.NONE) {
			return unusable(tooMany ? sureFieldsOfTooMany(known) : fields, RowProblems.NOT_UTF_8);
		}
		if (tooMany) {
			return reread(sureFieldsOfTooMany(known),
					"more fields than the header has columns (expected: at most " + known.count() + ")");
		}
		return row(fields);
	}

	private static void set(RowFields fields, @Nullable Field field, CsvFields record) {
		if (field != null && record.isReadable()) {
			// The name of a row may come from our own export.
			fields.set(field, (field == Field.ROW_REF) ? FormulaGuard.withoutGuard(record.text()) : record.text());
		}
	}

	private void readHeader(RecordCutter.Cut cut) {
		byte[] bytes = this.cutter.bytes();
		int from = this.cutter.from();
		int to = this.cutter.to();
		if (cut != RecordCutter.Cut.RECORD) {
			throw new InvalidColumns("the header has misplaced quotes or is longer than " + this.maxHeader
					+ " bytes (expected: a header with the columns name and email)")
				.at(0, this.cutter.line());
		}
		Utf8 text = Utf8.of(bytes, from, to);
		if (text == Utf8.NONE) {
			throw new InvalidUploadEncoding(
					"the header is not UTF-8 (expected: UTF-8; in Excel, save the sheet as \"CSV UTF-8\")")
				.at(0, this.cutter.line());
		}
		String header = text.text(bytes, from, to);
		byte told = CsvColumns.toldDelimiter(header);
		if (this.delimiter == 0 && told != 0) {
			this.delimiter = told;
			this.cutter.delimitBy(told);
		}
		else if (!header.isBlank()) {
			if (this.delimiter == 0) {
				this.delimiter = CsvColumns.delimiterOf(header);
				this.cutter.delimitBy(this.delimiter);
			}
			this.columns = CsvColumns.of(new CsvFields(this.cutter, this.delimiter, text), this.cutter.line());
		}
		else {
			countBlank();
		}
	}

}
