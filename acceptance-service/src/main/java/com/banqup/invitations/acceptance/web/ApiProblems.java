package com.banqup.invitations.acceptance.web;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Problems that any request can have. Features map their own failures in advices of their
 * own, which come first.
 */
@Component
@Order(Integer.MAX_VALUE)
@RestControllerAdvice(annotations = RestController.class)
class ApiProblems {

	private static final Logger log = LoggerFactory.getLogger(ApiProblems.class);

	/** The problem for any failure, also one that no controller has seen. */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> problem(Throwable failure) {
		return switch (FailureKind.of(failure)) {
			case REJECTED -> malformed();
			case SESSION_ENDED -> Problem.of(HttpStatus.CONFLICT, "session-ended", "Session ended",
					"The session ended during the request: what it changed may not have been saved.");
			case DATABASE_UNAVAILABLE -> databaseUnavailable(failure);
			case PROVIDER_UNAVAILABLE -> identityProviderUnavailable(failure);
			case TOO_LARGE -> tooLarge();
			case OTHER -> other(failure);
		};
	}

	private static ResponseEntity<ProblemDetail> other(Throwable failure) {
		return switch (failure) {
			case WebExchangeBindException invalid -> invalid(invalid);
			case UnsupportedMediaTypeStatusException ignored -> Problem.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE,
					"unsupported-media-type", "Unsupported media type", "Send application/json.");
			case NotAcceptableStatusException ignored -> Problem.of(HttpStatus.NOT_ACCEPTABLE, "not-acceptable",
					"Not acceptable", "What is here comes in no media type that the request accepts.");
			case MethodNotAllowedException notAllowed -> notAllowed(notAllowed);
			case ResponseStatusException known -> ofStatus(known);
			default -> defect(failure);
		};
	}

	private static ResponseEntity<ProblemDetail> malformed() {
		return Problem.of(HttpStatus.BAD_REQUEST, "malformed-request", "Malformed request",
				"The request is not as described: see the API's description.");
	}

	private static ResponseEntity<ProblemDetail> tooLarge() {
		return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "request-too-large", "Request too large",
				"The request's body is larger than any valid one.");
	}

	private static ResponseEntity<ProblemDetail> notAllowed(MethodNotAllowedException failure) {
		ResponseEntity<ProblemDetail> problem = Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "method-not-allowed",
				"Method not allowed", "The Allow header names the methods that can be used here.");
		return ResponseEntity.status(problem.getStatusCode())
			.headers(problem.getHeaders())
			.allow(failure.getSupportedMethods().toArray(HttpMethod[]::new))
			.body(problem.getBody());
	}

	private static ResponseEntity<ProblemDetail> ofStatus(ResponseStatusException failure) {
		return switch (failure.getStatusCode()) {
			case HttpStatus.BAD_REQUEST -> malformed();
			case HttpStatus.FORBIDDEN -> Problem.of(HttpStatus.FORBIDDEN, "forbidden", "Forbidden",
					"Only forms of our own pages can be sent here, while their session lasts.");
			case HttpStatus.NOT_FOUND ->
				Problem.of(HttpStatus.NOT_FOUND, "not-found", "Not found", "There is nothing here.");
			default -> defect(failure);
		};
	}

	private static ResponseEntity<ProblemDetail> invalid(WebExchangeBindException failure) {
		List<Problem.FieldError> errors = failure.getFieldErrors()
			.stream()
			.map((error) -> new Problem.FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
			.sorted(Comparator.comparing(Problem.FieldError::field))
			.toList();
		return Problem.invalid(errors);
	}

	private static ResponseEntity<ProblemDetail> databaseUnavailable(Throwable failure) {
		log.warn("Database unavailable: {}", failure.getClass().getSimpleName());
		return Problem.unavailable();
	}

	private static ResponseEntity<ProblemDetail> identityProviderUnavailable(Throwable failure) {
		log.warn("Identity provider unavailable: {}", failure.getClass().getSimpleName());
		return Problem.passing("identity-provider-unavailable", "Identity provider unavailable",
				"It cannot be asked for the moment; try again.");
	}

	private static ResponseEntity<ProblemDetail> defect(Throwable failure) {
		ResponseEntity<ProblemDetail> problem = Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error",
				"Internal error", "Something went wrong here. It has been logged under this problem's instance.");
		log.error("Request failed: {}", Objects.requireNonNull(problem.getBody()).getInstance(), failure);
		return problem;
	}

}
