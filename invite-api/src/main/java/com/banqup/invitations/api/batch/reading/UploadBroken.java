package com.banqup.invitations.api.batch.reading;

/** The connection ended before the upload did. */
public final class UploadBroken extends UploadRefused {

	private static final long serialVersionUID = 1L;

	UploadBroken(Throwable cause) {
		super("the connection ended (expected: the rest)");
		initCause(cause);
	}

}
