package com.banqup.invitations.api.client.web;

import com.banqup.invitations.api.client.ClientNotFound;
import com.banqup.invitations.api.client.ExternalReferenceTaken;
import com.banqup.invitations.api.problem.Problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests about clients that fail. */
@RestControllerAdvice
class ClientProblems {

	@ExceptionHandler
	ProblemDetail handle(ClientNotFound ex) {
		return Problem.of(HttpStatus.NOT_FOUND, "client-not-found", "Client not found",
				"The Partner Space has no such client.");
	}

	@ExceptionHandler
	ProblemDetail handle(ExternalReferenceTaken ex) {
		return Problem.of(HttpStatus.CONFLICT, "external-reference-taken", "External reference taken",
				"Another client of the Partner Space has this external reference.");
	}

}
