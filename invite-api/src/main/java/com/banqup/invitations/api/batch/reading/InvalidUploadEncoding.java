package com.banqup.invitations.api.batch.reading;

/** The upload is not UTF-8 text, or is compressed in a way that cannot be undone. */
public final class InvalidUploadEncoding extends UploadRefused {

	private static final long serialVersionUID = 1L;

	InvalidUploadEncoding(String message) {
		super(message);
	}

}
