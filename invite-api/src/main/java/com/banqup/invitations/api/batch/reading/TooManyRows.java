package com.banqup.invitations.api.batch.reading;

/** The upload has more rows than one may have. */
public final class TooManyRows extends UploadRefused {

	private static final long serialVersionUID = 1L;

	TooManyRows(int max) {
		super("more than " + max + " rows");
	}

}
