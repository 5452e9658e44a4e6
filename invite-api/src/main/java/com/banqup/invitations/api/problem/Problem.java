package com.banqup.invitations.api.problem;

import java.net.URI;
import java.util.List;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes RFC 9457 problems: the type is stable, the detail is for people. */
public final class Problem {

	private static final String TYPES = "https://banqup.example/problems/";

	private Problem() {
	}

	/** A problem of this type. */
	public static ProblemDetail of(HttpStatusCode status, String name, String title, String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setType(type(name));
		problem.setTitle(title);
		return problem;
	}

	/** A problem of this type that names the fields it is about. */
	public static ProblemDetail of(HttpStatusCode status, String name, String title, String detail,
			List<FieldError> errors) {
		ProblemDetail problem = of(status, name, title, detail);
		problem.setProperty("errors", errors);
		return problem;
	}

	/** The URI of a problem type. */
	private static URI type(String name) {
		return URI.create(TYPES + name);
	}

	/**
	 * What is wrong with a field.
	 *
	 * @param field the field by its path in the body, or the parameter's name
	 * @param message what it is and what is expected
	 */
	public record FieldError(String field, String message) {
	}

}
