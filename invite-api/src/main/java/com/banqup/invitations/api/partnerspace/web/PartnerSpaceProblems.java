package com.banqup.invitations.api.partnerspace.web;

import com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName;
import com.banqup.invitations.api.problem.Problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests that need the Partner Space's name before it has one. */
@RestControllerAdvice
class PartnerSpaceProblems {

	@ExceptionHandler
	ProblemDetail handle(PartnerSpaceWithoutName ex) {
		return problem(HttpStatus.CONFLICT);
	}

	@ExceptionHandler
	ProblemDetail handle(PartnerSpaceNotNamed ex) {
		return problem(HttpStatus.NOT_FOUND);
	}

	private static ProblemDetail problem(HttpStatus status) {
		return Problem.of(status, "partner-space-without-name", "Partner Space without name",
				"The Partner Space has no name yet. Set it with PUT.");
	}

}
