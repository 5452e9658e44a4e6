package com.banqup.invitations.api.batch.reading;

/**
 * An upload cannot be read to its end. The message says what it is and what is expected,
 * without repeating what was sent. It knows where the reading stopped.
 */
public abstract sealed class UploadRefused extends RuntimeException
		permits EmptyUpload, InvalidColumns, InvalidUploadEncoding, TooManyRows, UnsupportedUpload, UploadBroken,
		UploadTimedOut, UploadTooLarge, UploadWithoutRows {

	private static final long serialVersionUID = 1L;

	private int row;

	private int line;

	UploadRefused(String message) {
		super(message);
	}

	/** Sets where the reading stopped, unless that is known. */
	UploadRefused at(int row, int line) {
		if (this.row == 0) {
			this.row = row;
			this.line = line;
		}
		return this;
	}

	/** The row that was to be read when the reading stopped, 1 for the first. */
	public int row() {
		return this.row;
	}

	/**
	 * The line that was to be read when the reading stopped, 1 for the first; the row
	 * where there are no lines.
	 */
	public int line() {
		return this.line;
	}

}
