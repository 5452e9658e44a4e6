package com.banqup.invitations.acceptance.page;

import java.util.List;

/**
 * What is wrong with a field.
 *
 * @param field id of the field on the page
 * @param message key of the text
 * @param parameters what to fill in
 */
public record FieldError(String field, String message, List<?> parameters) {

	public FieldError {
		parameters = List.copyOf(parameters);
	}

	FieldError(String field, String message) {
		this(field, message, List.of());
	}

	/** What to fill in, as the templates want it. */
	public Object[] arguments() {
		return this.parameters.toArray();
	}

}
