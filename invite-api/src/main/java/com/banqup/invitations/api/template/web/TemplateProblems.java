package com.banqup.invitations.api.template.web;

import com.banqup.invitations.api.problem.Problem;
import com.banqup.invitations.api.template.TemplateNotFound;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers requests about configuration templates that fail. */
@RestControllerAdvice
class TemplateProblems {

	@ExceptionHandler
	ProblemDetail handle(TemplateNotFound ex) {
		return Problem.of(HttpStatus.NOT_FOUND, "configuration-template-not-found", "Configuration template not found",
				"The Partner Space has no such configuration template.");
	}

}
