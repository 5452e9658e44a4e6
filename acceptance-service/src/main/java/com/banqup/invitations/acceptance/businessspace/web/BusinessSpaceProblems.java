package com.banqup.invitations.acceptance.businessspace.web;

import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.businessspace.InvalidBusinessSpace;
import com.banqup.invitations.acceptance.businessspace.TooManyBusinessSpaces;
import com.banqup.invitations.acceptance.web.Problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What can go wrong with Business Spaces. */
@RestControllerAdvice(annotations = RestController.class)
class BusinessSpaceProblems {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> notYours(BusinessSpaceNotYours failure) {
		return Problem.of(HttpStatus.NOT_FOUND, "business-space-not-found", "Business Space not found",
				"The account has no such Business Space.");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> tooMany(TooManyBusinessSpaces failure) {
		return Problem.of(HttpStatus.CONFLICT, "too-many-business-spaces", "Too many Business Spaces",
				"An account can create %d Business Spaces.".formatted(BusinessSpaces.LIMIT));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> invalid(InvalidBusinessSpace failure) {
		return Problem.invalid(failure.errors()
			.entrySet()
			.stream()
			.map((error) -> new Problem.FieldError(error.getKey(), message(error.getValue())))
			.toList());
	}

	private static String message(InvalidBusinessSpace.Reason reason) {
		return switch (reason) {
			case REQUIRED -> "is required";
			case TOO_LONG -> "is too long (expected: at most 200 characters)";
			case CONTROL_CHARACTERS -> "contains invisible characters (expected: one line of text)";
			case UNKNOWN_COUNTRY -> "is no country (expected: ISO 3166-1 alpha-2)";
			case NUMBER_REQUIRED -> "is required unless there is a registrationNumber";
			case MALFORMED -> "is malformed";
		};
	}

}
