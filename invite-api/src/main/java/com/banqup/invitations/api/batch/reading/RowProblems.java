package com.banqup.invitations.api.batch.reading;

import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowReason;

/** What is wrong with rows that have no fields to speak of. */
final class RowProblems {

	static final Unusable NOT_UTF_8 = new Unusable(RowReason.INVALID_ENCODING,
			"not UTF-8 (expected: UTF-8; in Excel, save the sheet as \"CSV UTF-8\")");

	private RowProblems() {
	}

	static Unusable tooLong(int max) {
		return new Unusable(RowReason.LINE_TOO_LONG,
				"longer than " + max + " bytes (expected: up to that; or is a closing quote missing?)");
	}

}
