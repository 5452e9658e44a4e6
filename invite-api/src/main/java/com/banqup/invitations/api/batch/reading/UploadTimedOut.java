package com.banqup.invitations.api.batch.reading;

/**
 * Whoever uploads sends nothing, or next to nothing, although it is waited for, or takes
 * too long altogether.
 */
public final class UploadTimedOut extends UploadRefused {

	private static final long serialVersionUID = 1L;

	UploadTimedOut(String message) {
		super(message);
	}

}
