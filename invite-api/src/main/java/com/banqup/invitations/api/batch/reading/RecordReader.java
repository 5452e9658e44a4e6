package com.banqup.invitations.api.batch.reading;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Unusable;

/** Reads uploads of which a record is a row, or none if it is blank. */
abstract class RecordReader extends PieceReader {

	private final RecordCutter cutter;

	private final int maxLine;

	RecordReader(UploadProperties properties, RecordCutter cutter) {
		super(properties);
		this.cutter = cutter;
		this.maxLine = maxLine(properties);
	}

	/** How long a record may be, in bytes. */
	static int maxLine(UploadProperties properties) {
		return (int) properties.maxLine().toBytes();
	}

	@Override
	final void take(byte[] bytes) {
		this.cutter.take(bytes);
	}

	@Override
	final void takeEnd() {
		this.cutter.takeEnd();
	}

	@Override
	final int line() {
		return this.cutter.nextLine();
	}

	/** The row of the record that was cut. */
	final BatchRow row(RowFields fields) {
		int line = this.cutter.line();
		return RowRules.row(countRow(line), line, fields);
	}

	/** The row of the record that was cut, by which nobody can be invited. */
	final BatchRow unusable(RowFields fields, Unusable problem) {
		int line = this.cutter.line();
		return RowRules.unusable(countRow(line), line, fields, problem);
	}

	/** Counts the record that was cut, which is blank. */
	final void countBlank() {
		countBlank(this.cutter.line());
	}

	/**
	 * The row of a record that is longer than one may be.
	 * @param fields those that are read of its start
	 */
	final BatchRow tooLong(RowFields fields) {
		return unusable(fields, RowProblems.tooLong(this.maxLine));
	}

}
