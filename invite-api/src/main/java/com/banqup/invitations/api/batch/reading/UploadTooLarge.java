package com.banqup.invitations.api.batch.reading;

/** The upload is larger than one may be, as it comes or decompressed. */
public final class UploadTooLarge extends UploadRefused {

	private static final long serialVersionUID = 1L;

	UploadTooLarge(long max) {
		super("more than " + max + " bytes");
	}

}
