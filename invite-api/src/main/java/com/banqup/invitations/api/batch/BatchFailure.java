package com.banqup.invitations.api.batch;

import java.util.Optional;

import com.banqup.invitations.api.batch.reading.InvalidSelection;
import com.banqup.invitations.api.batch.reading.InvalidUploadEncoding;
import com.banqup.invitations.api.batch.reading.TooManyRows;
import com.banqup.invitations.api.batch.reading.UploadRefused;
import com.banqup.invitations.api.batch.reading.UploadTooLarge;

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

	/** How a batch fails by an upload's error; empty if the rest may still come. */
	static Optional<BatchFailure> by(Throwable error) {
		return Optional.ofNullable(switch (error) {
			case TooManyRows ex -> refused("too-many-rows", ex);
			case UploadTooLarge ex -> refused("upload-too-large", ex);
			case InvalidUploadEncoding ex -> refused("invalid-encoding", ex);
			case InvalidSelection ex -> refused("upload-unreadable", ex);
			default -> null;
		});
	}

	private static BatchFailure refused(String code, UploadRefused refused) {
		String place = (refused.row() > 0) ? "row " + refused.row() : "line " + refused.line();
		return new BatchFailure(code, "Refused at " + place + ": " + refused.getMessage());
	}

}
