package com.banqup.invitations.api.batch.reading.web;

import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.reading.EmptyUpload;
import com.banqup.invitations.api.batch.reading.InvalidColumns;
import com.banqup.invitations.api.batch.reading.InvalidSelection;
import com.banqup.invitations.api.batch.reading.InvalidUploadEncoding;
import com.banqup.invitations.api.batch.reading.TooManyRows;
import com.banqup.invitations.api.batch.reading.UnsupportedUpload;
import com.banqup.invitations.api.batch.reading.UploadBroken;
import com.banqup.invitations.api.batch.reading.UploadRefused;
import com.banqup.invitations.api.batch.reading.UploadTimedOut;
import com.banqup.invitations.api.batch.reading.UploadTooLarge;
import com.banqup.invitations.api.batch.reading.UploadWithoutRows;
import com.banqup.invitations.api.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers uploads that cannot be read, with the row and line where the reading stopped,
 * and the batch that has the rows before.
 */
@RestControllerAdvice
class BatchUploadProblems {

	private static final Logger log = LoggerFactory.getLogger(BatchUploadProblems.class);

	@ExceptionHandler
	ProblemDetail handle(UploadRefused refused, ServerWebExchange exchange) {
		return switch (refused) {
			case EmptyUpload ex -> problem(HttpStatus.BAD_REQUEST, "empty-upload", "Empty upload", ex);
			case UploadWithoutRows ex -> problem(HttpStatus.BAD_REQUEST, "no-rows", "No rows", ex);
			case InvalidSelection ex -> selection(ex);
			case InvalidColumns ex -> placed(HttpStatus.BAD_REQUEST, "invalid-columns", "Invalid columns", ex);
			case InvalidUploadEncoding ex -> placed(HttpStatus.BAD_REQUEST, "invalid-encoding", "Invalid encoding", ex);
			case UploadTimedOut ex -> placed(HttpStatus.REQUEST_TIMEOUT, "upload-timeout", "Upload timeout", ex);
			case TooManyRows ex -> placed(HttpStatus.CONTENT_TOO_LARGE, "too-many-rows", "Too many rows", ex);
			case UploadTooLarge ex -> placed(HttpStatus.CONTENT_TOO_LARGE, "upload-too-large", "Upload too large", ex);
			case UnsupportedUpload ex ->
				problem(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", ex);
			case UploadBroken ex -> {
				// Nobody is there any more to be told, but operators may look for it.
				log.info("{} {} broke off at row {}; what was taken is in batch {}", exchange.getRequest().getMethod(),
						exchange.getRequest().getPath().value(), ex.row(), ex.batchId());
				yield placed(HttpStatus.BAD_REQUEST, "upload-broken", "Upload broken", ex);
			}
		};
	}

	/** Named like other JSON that cannot be used. */
	private static ProblemDetail selection(InvalidSelection ex) {
		ProblemDetail problem = ex.isMalformed()
				? placed(HttpStatus.BAD_REQUEST, "malformed-json", "Malformed JSON", ex)
				: placed(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request", ex);
		if (!ex.errors().isEmpty()) {
			problem.setProperty("errors", ex.errors());
		}
		return problem;
	}

	private static ProblemDetail placed(HttpStatus status, String name, String title, UploadRefused ex) {
		ProblemDetail problem = problem(status, name, title, ex);
		if (ex.row() > 0) {
			problem.setProperty("row", ex.row());
		}
		if (ex.line() > 0) {
			problem.setProperty("line", ex.line());
		}
		if (ex.column() > 0) {
			problem.setProperty("column", ex.column());
		}
		BatchId batchId = ex.batchId();
		if (batchId != null) {
			problem.setProperty("batchId", batchId.value());
		}
		return problem;
	}

	private static ProblemDetail problem(HttpStatus status, String name, String title, UploadRefused ex) {
		return Problem.of(status, name, title, "The upload cannot be read: " + ex.getMessage() + ".");
	}

}
