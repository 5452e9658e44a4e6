package com.banqup.invitations.api.idempotency.web;

import com.banqup.invitations.api.idempotency.IdempotencyKeyReused;
import com.banqup.invitations.api.idempotency.RequestInProgress;
import com.banqup.invitations.api.problem.Problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests whose Idempotency-Key cannot be honoured. */
@RestControllerAdvice
class IdempotencyProblems {

	@ExceptionHandler
	ProblemDetail handle(InvalidIdempotencyKey ex) {
		return Problem.of(HttpStatus.BAD_REQUEST, "invalid-idempotency-key", "Invalid Idempotency-Key",
				"Idempotency-Key: not a key (expected: one string of 1..255 visible ASCII characters).");
	}

	@ExceptionHandler
	ProblemDetail handle(IdempotencyKeyReused ex) {
		return Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused", "Idempotency-Key reused",
				"This key was used for a request with another body. Use a new key for a new request.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(RequestInProgress ex) {
		return ResponseEntity.status(HttpStatus.CONFLICT)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.body(Problem.of(HttpStatus.CONFLICT, "request-in-progress", "Request in progress",
					"A request with this key is being carried out. Repeat it to get its answer."));
	}

}
