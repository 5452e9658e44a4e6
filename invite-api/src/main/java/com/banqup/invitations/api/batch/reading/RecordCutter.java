package com.banqup.invitations.api.batch.reading;

/**
 * Cuts bytes into records, as they come: into lines, or for CSV into what quotes hold
 * together. It holds no more than one record and the bytes that came last.
 */
final class RecordCutter {

	private static final byte[] NOTHING = new byte[0];

	/** Where a quote means something. */
	private enum State {

		FIELD_START, PLAIN, QUOTED, QUOTE_IN_QUOTED

	}

	/** What was cut. */
	enum Cut {

		/** A record. */
		RECORD,

		/** A record in which something follows a closing quote. */
		BROKEN,

		/** The end of a record in quotes that were not closed. */
		UNCLOSED,

		/** The start of a record that is longer than they may be. */
		TOO_LONG,

		/** Nothing: it takes more bytes, or all is cut. */
		NOTHING

	}

	/**
	 * How often bytes are read again after a quote that swallowed lines. Each time costs
	 * as much as the longest record. After the last time every line is a record.
	 */
	private final int maxRereads;

	private final int maxLength;

	private final boolean quotes;

	/** The delimiter of fields, 0 while it may be any of the usual ones. */
	private byte delimiter;

	private byte[] window = NOTHING;

	/** Where the record starts that is being cut. */
	private int start;

	private int scanned;

	private int end;

	private boolean ended;

	private State state = State.FIELD_START;

	private boolean broken;

	/** Line breaks in the record so far. */
	private int breaks;

	private boolean skipping;

	private boolean afterReturn;

	private int rereads;

	/** Of the record that is being cut. */
	private int line = 1;

	private int cutFrom;

	private int cutTo;

	private int cutLine;

	private RecordCutter(boolean quotes, int maxLength, int maxRereads) {
		this.quotes = quotes;
		this.maxLength = maxLength;
		this.maxRereads = maxRereads;
	}

	/** Cuts at every line break. */
	static RecordCutter lines(int maxLength) {
		return new RecordCutter(false, maxLength, 0);
	}

	/**
	 * Cuts at line breaks outside quotes (RFC 4180; carriage returns alone are breaks,
	 * too).
	 */
	static RecordCutter csv(int maxLength, int maxRereads) {
		return new RecordCutter(true, maxLength, maxRereads);
	}

	/** Sets what fields are delimited by from here on. */
	void delimitBy(byte delimiter) {
		this.delimiter = delimiter;
	}

	/** Takes the next bytes. */
	void take(byte[] bytes) {
		if (this.end + bytes.length > this.window.length) {
			makeRoom(bytes.length);
		}
		System.arraycopy(bytes, 0, this.window, this.end, bytes.length);
		this.end += bytes.length;
	}

	/** Twice the room that is needed, so that not every single byte moves all others. */
	private void makeRoom(int length) {
		int held = this.end - this.start;
		int needed = 2 * (held + length);
		byte[] target = (needed > this.window.length) ? new byte[needed] : this.window;
		System.arraycopy(this.window, this.start, target, 0, held);
		this.window = target;
		this.scanned -= this.start;
		this.start = 0;
		this.end = held;
	}

	/** Takes the news that no more bytes come. */
	void takeEnd() {
		this.ended = true;
	}

	/**
	 * The bytes that {@link #from()} and {@link #to()} are about, until more are taken.
	 */
	byte[] bytes() {
		return this.window;
	}

	/** Where the record that was cut starts. */
	int from() {
		return this.cutFrom;
	}

	/** Where the record that was cut ends, without the line break. */
	int to() {
		return this.cutTo;
	}

	/** Where the first line ends of the record that was cut. */
	int firstLineTo() {
		int index = this.cutFrom;
		while (index < this.cutTo && !isBreak(this.window[index])) {
			index++;
		}
		return index;
	}

	/** The line that the record starts at which was cut. */
	int line() {
		return this.cutLine;
	}

	/** The line that the next record starts at. */
	int nextLine() {
		return this.line;
	}

	/** Cuts the next record. */
	Cut cut() {
		if (this.skipping && !skipLine()) {
			return Cut.NOTHING;
		}
		dropRestOfBreak();
		return this.quotes ? cutRecord() : cutLine();
	}

	private Cut cutLine() {
		int limit = limit();
		int index = this.scanned;
		while (index < limit && this.window[index] != '\n') {
			index++;
		}
		this.scanned = index;
		return (index < limit) ? cutAt(index, Cut.RECORD) : cutWithoutBreak(Cut.RECORD);
	}

	private Cut cutRecord() {
		int limit = limit();
		while (this.scanned < limit) {
			byte character = this.window[this.scanned];
			if (this.state == State.QUOTED) {
				if (character == '"') {
					this.state = State.QUOTE_IN_QUOTED;
				}
				else if (isBreak(character)) {
					if (isLineByLine()) {
						return cutAt(this.scanned, Cut.UNCLOSED);
					}
					this.breaks += (character == '\n' && this.window[this.scanned - 1] == '\r') ? 0 : 1;
				}
			}
			else if (character == '\n' || character == '\r') {
				return cutAt(this.scanned, this.broken ? Cut.BROKEN : Cut.RECORD);
			}
			else {
				this.state = after(character);
			}
			this.scanned++;
		}
		return cutWithoutBreak((this.state == State.QUOTED) ? Cut.UNCLOSED : this.broken ? Cut.BROKEN : Cut.RECORD);
	}

	/** The state after a character outside quotes that is no line break. */
	private State after(byte character) {
		if (isDelimiter(character)) {
			return State.FIELD_START;
		}
		if (character == '"' && this.state != State.PLAIN) {
			return State.QUOTED;
		}
		this.broken |= this.state == State.QUOTE_IN_QUOTED;
		return State.PLAIN;
	}

	private boolean isDelimiter(byte character) {
		return (this.delimiter != 0) ? character == this.delimiter
				: character == ',' || character == ';' || character == '\t';
	}

	/** No record may go on beyond the byte there. */
	private int limit() {
		return Math.min(this.end, this.start + this.maxLength + 1);
	}

	private Cut cutAt(int lineBreak, Cut cut) {
		cutTo(lineBreak);
		this.line += this.breaks + 1;
		this.afterReturn = this.window[lineBreak] == '\r';
		startAt(lineBreak + 1);
		return cut;
	}

	private Cut cutWithoutBreak(Cut cut) {
		if (this.scanned - this.start > this.maxLength) {
			return cutTooLong();
		}
		if (!this.ended || this.start == this.end) {
			return Cut.NOTHING;
		}
		cutTo(this.end);
		this.line += this.breaks;
		startAt(this.end);
		return cut;
	}

	private Cut cutTooLong() {
		boolean swallowedLines = this.breaks > 0;
		cutTo(this.scanned);
		startAt(this.scanned);
		this.skipping = !(swallowedLines && reread());
		return Cut.TOO_LONG;
	}

	private void cutTo(int index) {
		this.cutFrom = this.start;
		this.cutTo = index;
		this.cutLine = this.line;
	}

	private void startAt(int index) {
		this.start = index;
		this.scanned = index;
		this.state = State.FIELD_START;
		this.broken = false;
		this.breaks = 0;
	}

	/**
	 * Goes back to the second line of the record that was cut last: a quote that should
	 * not be there swallowed it, and what follows. Does not if the record has one line.
	 */
	boolean reread() {
		int index = firstLineTo();
		if (index == this.cutTo) {
			return false;
		}
		this.rereads++;
		this.line = this.cutLine + 1;
		this.afterReturn = this.window[index] == '\r';
		startAt(index + 1);
		return true;
	}

	/**
	 * Whether quotes end with their line, as there were too many that swallowed lines.
	 */
	boolean isLineByLine() {
		return this.rereads >= this.maxRereads;
	}

	private static boolean isBreak(byte character) {
		return character == '\n' || character == '\r';
	}

	/** Whether the end of the line to be skipped is reached; nothing of it is held. */
	private boolean skipLine() {
		int index = this.start;
		while (index < this.end && this.window[index] != '\n' && !(this.quotes && this.window[index] == '\r')) {
			index++;
		}
		boolean found = index < this.end;
		if (found) {
			this.afterReturn = this.window[index] == '\r';
			this.line++;
			index++;
		}
		startAt(index);
		this.skipping = !found && !this.ended;
		return !this.skipping;
	}

	/** A line feed after a carriage return is the same line break. */
	private void dropRestOfBreak() {
		if (this.afterReturn && this.start < this.end) {
			this.afterReturn = false;
			if (this.window[this.start] == '\n') {
				startAt(this.start + 1);
			}
		}
	}

}
