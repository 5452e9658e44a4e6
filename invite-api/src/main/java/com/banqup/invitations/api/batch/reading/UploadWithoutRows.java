package com.banqup.invitations.api.batch.reading;

/** The upload has no rows. */
public final class UploadWithoutRows extends UploadRefused {

	private static final long serialVersionUID = 1L;

	UploadWithoutRows() {
		super("no rows (expected: at least 1)");
	}

}
