package com.banqup.invitations.api.batch.reading;

/** The columns of a CSV file cannot be told. */
public final class InvalidColumns extends UploadRefused {

	private static final long serialVersionUID = 1L;

	InvalidColumns(String message) {
		super(message);
	}

}
