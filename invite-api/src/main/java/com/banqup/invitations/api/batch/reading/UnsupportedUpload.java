package com.banqup.invitations.api.batch.reading;

/** The upload is of a kind that is not read at all. */
public final class UnsupportedUpload extends UploadRefused {

	private static final long serialVersionUID = 1L;

	UnsupportedUpload(String message) {
		super(message);
	}

}
