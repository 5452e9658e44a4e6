package com.banqup.invitations.api.problem;

import java.util.List;

import com.banqup.invitations.api.problem.Problem.FieldError;

/** A request's fields are not valid, found out beyond the framework's own checks. */
public class InvalidBody extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<FieldError> errors;

	public InvalidBody(List<FieldError> errors) {
		super("Invalid fields: " + errors.stream().map(FieldError::field).distinct().toList());
		this.errors = List.copyOf(errors);
	}

	/** All that is wrong. */
	public List<FieldError> errors() {
		return this.errors;
	}

}
