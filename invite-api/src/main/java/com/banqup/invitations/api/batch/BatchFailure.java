package com.banqup.invitations.api.batch;

/**
 * Why a batch failed.
 *
 * @param code stable, for programs
 * @param detail in words, for people
 */
public record BatchFailure(String code, String detail) {

	/** The code of a batch whose rows did not all come in time. */
	public static final String UPLOAD_INCOMPLETE = "upload-incomplete";

}
