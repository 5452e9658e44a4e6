package com.banqup.invitations.api.batch.reading;

/** There is nothing in the upload. */
public final class EmptyUpload extends UploadRefused {

	private static final long serialVersionUID = 1L;

	EmptyUpload() {
		super("nothing (expected: rows)");
	}

}
