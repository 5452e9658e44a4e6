package com.banqup.invitations.api.batch.reading;

import com.banqup.invitations.api.text.PlainText;

/**
 * Goes through the fields of a record whose quotes are where they should be, or of the
 * start of another one.
 */
final class CsvFields {

	private final byte[] bytes;

	private final int to;

	private final byte delimiter;

	private final Utf8 encoding;

	/** Where the next field starts, beyond the end if there is none. */
	private int index;

	private int fieldFrom;

	private int fieldTo;

	private boolean quotesInside;

	CsvFields(RecordCutter cutter, byte delimiter, Utf8 encoding) {
		this(cutter, cutter.to(), delimiter, encoding);
	}

	private CsvFields(RecordCutter cutter, int to, byte delimiter, Utf8 encoding) {
		this.bytes = cutter.bytes();
		this.index = cutter.from();
		this.to = to;
		this.delimiter = delimiter;
		this.encoding = encoding;
	}

	/**
	 * The fields in the first line of a record in which quotes, or anything, may be out
	 * of place: for {@link #nextWhole()}. A quote that goes on beyond the line may be one
	 * that should not be there.
	 */
	static CsvFields ofFirstLine(RecordCutter cutter, byte delimiter) {
		return new CsvFields(cutter, cutter.firstLineTo(), delimiter, Utf8.NONE);
	}

	/**
	 * Goes to the next field, if all of it is there, with the delimiter behind it; false
	 * if there is none.
	 */
	boolean nextWhole() {
		return next() && this.index <= this.to && this.bytes[this.index - 1] == this.delimiter;
	}

	/** Goes to the next field, the first at first; false if there is none. */
	boolean next() {
		if (this.index > this.to) {
			return false;
		}
		this.quotesInside = false;
		if (this.index < this.to && this.bytes[this.index] == '"') {
			readQuoted();
		}
		else {
			readPlain();
		}
		this.index++;
		return true;
	}

	private void readPlain() {
		this.fieldFrom = this.index;
		while (this.index < this.to && this.bytes[this.index] != this.delimiter) {
			this.index++;
		}
		this.fieldTo = this.index;
	}

	private void readQuoted() {
		this.index++;
		this.fieldFrom = this.index;
		while (this.index < this.to && !isClosing()) {
			this.index++;
		}
		this.fieldTo = this.index;
		this.index++;
	}

	/** Whether the quoted field ends here; a doubled quote is passed by. */
	private boolean isClosing() {
		if (this.bytes[this.index] != '"') {
			return false;
		}
		boolean doubled = this.index + 1 < this.to && this.bytes[this.index + 1] == '"';
		if (doubled) {
			this.quotesInside = true;
			this.index++;
		}
		return !doubled;
	}

	/** Whether there are only blanks in the field. */
	boolean isBlank() {
		int ink = this.fieldFrom;
		while (ink < this.fieldTo && this.bytes[ink] >= 0 && this.bytes[ink] <= ' ') {
			ink++;
		}
		return ink == this.fieldTo || mayBeBlank(this.bytes[ink]) && isReadable() && PlainText.line(text()).isEmpty();
	}

	/** Whether a character that begins with this may be a no-break space or the like. */
	private static boolean mayBeBlank(byte first) {
		return first == (byte) 0xC2 || first >= (byte) 0xE1 && first <= (byte) 0xEF;
	}

	/** Whether the field is UTF-8, of which there may be some in a record that is not. */
	boolean isReadable() {
		return this.encoding != Utf8.NONE || Utf8.of(this.bytes, this.fieldFrom, this.fieldTo) != Utf8.NONE;
	}

	/** The field's text. */
	String text() {
		String text = this.encoding.text(this.bytes, this.fieldFrom, this.fieldTo);
		return this.quotesInside ? text.replace("\"\"", "\"") : text;
	}

}
