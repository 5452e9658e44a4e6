package com.banqup.invitations.acceptance.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * Problems of the app's API (RFC 9457). Their types are part of the contract; their texts
 * are not. None repeats what the caller sent, so that no token gets into an answer or a
 * log: not even the request's path, which would be the instance of a problem that has
 * none.
 */
public final class Problem {

	private static final String TYPES = "https://banqup.example/problems/";

	private static final Duration SOON = Duration.ofSeconds(5);

	private Problem() {
	}

	/** The body of a problem. */
	public static ProblemDetail detail(HttpStatus status, String type, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(URI.create(TYPES + type));
		problem.setTitle(title);
		problem.setInstance(URI.create("urn:uuid:" + UUID.randomUUID()));
		return problem;
	}

	/** A problem as it is answered. */
	public static ResponseEntity<ProblemDetail> of(HttpStatus status, String type, String title, String detail) {
		return answer(detail(status, type, title, detail)).build(status);
	}

	/** A problem with the input, naming each wrong field. */
	public static ResponseEntity<ProblemDetail> invalid(List<FieldError> errors) {
		ProblemDetail problem = detail(HttpStatus.BAD_REQUEST, "invalid-request", "Invalid request",
				"Some fields are wrong: see errors.");
		problem.setProperty("errors", errors);
		return answer(problem).build(HttpStatus.BAD_REQUEST);
	}

	/** A problem that will pass: try again after a few seconds. */
	public static ResponseEntity<ProblemDetail> passing(String type, String title, String detail) {
		return answer(detail(HttpStatus.SERVICE_UNAVAILABLE, type, title, detail)).retryAfter(SOON)
			.build(HttpStatus.SERVICE_UNAVAILABLE);
	}

	/** A part that this service cannot do without does not answer. */
	public static ResponseEntity<ProblemDetail> unavailable() {
		return passing("service-unavailable", "Service unavailable",
				"The service cannot answer for the moment. Whether it did what was asked for is not known. "
						+ "Try again: nothing is done twice.");
	}

	private static Answer answer(ProblemDetail problem) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		return new Answer(problem, headers);
	}

	/** What is wrong with a field. */
	public record FieldError(String field, String message) {
	}

	private record Answer(ProblemDetail problem, HttpHeaders headers) {

		Answer retryAfter(Duration duration) {
			this.headers.set(HttpHeaders.RETRY_AFTER, Long.toString(duration.toSeconds()));
			return this;
		}

		ResponseEntity<ProblemDetail> build(HttpStatus status) {
			return new ResponseEntity<>(this.problem, this.headers, status);
		}

	}

}
