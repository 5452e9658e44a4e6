package com.banqup.invitations.api.turns.web;

import com.banqup.invitations.api.problem.Problem;
import com.banqup.invitations.api.turns.TooManyWrites;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers writes for which there is no room. */
@RestControllerAdvice
class TurnProblems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> handle(TooManyWrites ex) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, "1")
			.body(Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "Too many requests",
					"Too many changes are in progress. Nothing was done; try again."));
	}

}
