package com.banqup.invitations.api.batch;

/**
 * Why a batch failed.
 *
 * @param code stable, for programs
 * @param detail in words, for people
 */
public record BatchFailure(String code, String detail) {

	/** The rows did not all come in time. */
	public static final BatchFailure UPLOAD_INCOMPLETE = new BatchFailure("upload-incomplete",
			"The rest of the upload did not come in time. Nobody was invited.");

	/** Clients were being selected when they were selected anew. */
	public static final BatchFailure SELECTED_ANEW = new BatchFailure("upload-incomplete",
			"The upload was sent again before all clients were selected. Nobody was invited by this one.");

	/** Something is wrong on our side with rows, or with what they are decided by. */
	public static final BatchFailure ROWS_NOT_DECIDED = new BatchFailure("rows-not-decided",
			"Rows could not be decided, for a reason on our side. They count as cancelled; those decided before are as they "
					+ "are. Send the file again: clients that are invited are skipped.");

}
