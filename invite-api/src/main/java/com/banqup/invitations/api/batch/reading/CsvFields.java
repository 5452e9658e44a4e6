package com.banqup.invitations.api.batch.reading;

/** Goes through the fields of a record whose quotes are where they should be. */
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
		this.bytes = cutter.bytes();
		this.index = cutter.from();
		this.to = cutter.to();
		this.delimiter = delimiter;
		this.encoding = encoding;
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
		while (!isClosing()) {
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
		return RecordCutter.isBlank(this.bytes, this.fieldFrom, this.fieldTo);
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
