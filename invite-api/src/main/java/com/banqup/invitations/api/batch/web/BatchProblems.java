package com.banqup.invitations.api.batch.web;

import java.util.Comparator;
import java.util.List;

import com.banqup.invitations.api.batch.BatchEnded;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchNotDone;
import com.banqup.invitations.api.batch.BatchNotFound;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.BatchState;
import com.banqup.invitations.api.batch.NobodySelected;
import com.banqup.invitations.api.batch.NothingToRetry;
import com.banqup.invitations.api.batch.TooManyFollowers;
import com.banqup.invitations.api.batch.TooManyUploads;
import com.banqup.invitations.api.batch.UnknownRows;
import com.banqup.invitations.api.batch.UploadDiffers;
import com.banqup.invitations.api.batch.UploadSuperseded;
import com.banqup.invitations.api.problem.Problem;
import com.banqup.invitations.api.problem.Problem.FieldError;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests about batches that fail. */
@RestControllerAdvice
class BatchProblems {

	private static final int MAX_ERRORS = 100;

	@ExceptionHandler
	ProblemDetail handle(BatchNotFound ex) {
		return Problem.of(HttpStatus.NOT_FOUND, "batch-not-found", "Batch not found",
				"The Partner Space has no such batch.");
	}

	@ExceptionHandler
	ProblemDetail handle(BatchEnded ex) {
		ProblemDetail problem = Problem.of(HttpStatus.CONFLICT, "batch-ended", "Batch ended",
				(ex.state() == BatchState.CANCELLED) ? "The batch was cancelled."
						: "The batch has come to its end: it is " + ex.state() + ".");
		problem.setProperty("batchId", ex.batchId().value());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(UploadSuperseded ex) {
		ProblemDetail problem = Problem.of(HttpStatus.CONFLICT, "upload-superseded", "Upload superseded",
				"A newer upload with the same Idempotency-Key goes on with the batch.");
		BatchId batchId = ex.batchId();
		if (batchId != null) {
			problem.setProperty("batchId", batchId.value());
		}
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(UploadDiffers ex) {
		String where = (ex.fromRow() == 0) ? "another template, format, filter or dryRun"
				: (ex.fromRow() == ex.toRow()) ? "other rows: row " + ex.fromRow() + " is the first that differs"
						: "other rows: the first that differs is among rows " + ex.fromRow() + " to " + ex.toRow();
		ProblemDetail problem = Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
				"Idempotency-Key reused",
				"This key was used for an upload with " + where + ". Use a new key for a new upload.");
		problem.setProperty("batchId", ex.batchId().value());
		if (ex.fromRow() > 0) {
			problem.setProperty("row", ex.fromRow());
		}
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(BatchNotDone ex) {
		return Problem.of(HttpStatus.CONFLICT, "batch-not-completed", "Batch not completed",
				"Only a batch that is COMPLETED can be tried again. This one is " + ex.state() + ".");
	}

	@ExceptionHandler
	ProblemDetail handle(NothingToRetry ex) {
		return Problem.of(HttpStatus.CONFLICT, "nothing-to-retry", "Nothing to retry",
				"No row was skipped or left out, and no mail can be asked for again. Send corrected rows for those that are invalid.");
	}

	@ExceptionHandler
	ProblemDetail handle(UnknownRows ex) {
		List<BatchRow> rows = ex.rows().stream().sorted(Comparator.comparingInt(BatchRow::number)).toList();
		List<FieldError> errors = rows.stream()
			.limit(MAX_ERRORS)
			.map((row) -> new FieldError("line " + row.line(), unknown(row)))
			.toList();
		return placed(
				Problem.of(HttpStatus.BAD_REQUEST, "unknown-rows", "Unknown rows",
						rows.size() + " of the corrected rows correct none. Nothing was done. "
								+ "Leave out rows that are invited by now, and send the others again.",
						errors),
				rows.getFirst().number(), rows.getFirst().line());
	}

	private static String unknown(BatchRow row) {
		if (row.rowRef() != null) {
			// Which of these it is would take a look at every row of the batch.
			return "corrects nothing: the row does not exist, is invited by now, or is corrected by a line before "
					+ "(expected: the rowRef of a row that failed, once; leave out what is invited)";
		}
		return (row.content() instanceof Unusable unusable) ? "no rowRef can be read: " + unusable.detail()
				: "no rowRef (expected: that of a row that failed)";
	}

	@ExceptionHandler
	ProblemDetail handle(TooManyCorrections ex) {
		return placed(
				Problem.of(HttpStatus.CONTENT_TOO_LARGE, "too-many-rows", "Too many rows",
						"More than " + ex.most() + ". Nothing was done. Send the others once these are done."),
				ex.row(), ex.line());
	}

	private static ProblemDetail placed(ProblemDetail problem, int row, int line) {
		problem.setProperty("row", row);
		problem.setProperty("line", line);
		return problem;
	}

	@ExceptionHandler
	ProblemDetail handle(NobodySelected ex) {
		return Problem.of(HttpStatus.BAD_REQUEST, "no-rows", "No rows", "None of your clients is as the filter says.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(TooManyUploads ex) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, "5")
			.body(Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-uploads", "Too many uploads",
					"Too many uploads are in progress. Nothing was taken; try again."));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(TooManyFollowers ex) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, "5")
			.body(Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-followers", "Too many followers",
					"Too many follow batches at the moment. Read the batch now and then, or try again."));
	}

}
