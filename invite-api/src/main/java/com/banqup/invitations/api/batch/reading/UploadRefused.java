package com.banqup.invitations.api.batch.reading;

import com.banqup.invitations.api.batch.BatchId;
import org.jspecify.annotations.Nullable;

/**
 * An upload cannot be read to its end. The message says what it is and what is expected,
 * without repeating what was sent. It knows where the reading stopped, and which batch
 * has the rows before.
 */
public abstract sealed class UploadRefused extends RuntimeException
		permits EmptyUpload, InvalidColumns, InvalidSelection, InvalidUploadEncoding, TooManyRows, UnsupportedUpload,
		UploadBroken, UploadTimedOut, UploadTooLarge, UploadWithoutRows {

	private static final long serialVersionUID = 1L;

	private int row;

	private int line;

	private int column;

	private transient @Nullable BatchId batchId;

	UploadRefused(String message) {
		super(message);
	}

	/** Sets where the reading stopped, unless that is known. */
	UploadRefused at(int row, int line) {
		return at(row, line, 0);
	}

	/** Sets where the reading stopped, unless that is known. */
	UploadRefused at(int row, int line, int column) {
		if (this.line == 0) {
			this.row = row;
			this.line = line;
			this.column = column;
		}
		return this;
	}

	/** Sets which batch has rows of this upload. */
	public void leaves(BatchId batchId) {
		this.batchId = batchId;
	}

	/**
	 * The row that was to be read when the reading stopped, 1 for the first; 0 if it was
	 * none, such as the header of a CSV file.
	 */
	public int row() {
		return this.row;
	}

	/**
	 * The line that was to be read when the reading stopped, 1 for the first; 0 if
	 * nothing was read.
	 */
	public int line() {
		return this.line;
	}

	/** The column of that line, in bytes, 1 for the first; 0 if that is not known. */
	public int column() {
		return this.column;
	}

	/** The batch that has rows of this upload, null if none has. */
	public @Nullable BatchId batchId() {
		return this.batchId;
	}

}
