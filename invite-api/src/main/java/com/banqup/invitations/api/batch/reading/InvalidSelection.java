package com.banqup.invitations.api.batch.reading;

import java.util.List;

import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;

/** The JSON that names clients is not what it should be, or no JSON at all. */
public final class InvalidSelection extends UploadRefused {

	private static final long serialVersionUID = 1L;

	private final boolean malformed;

	private final transient @Nullable FieldError error;

	private InvalidSelection(boolean malformed, String message, @Nullable FieldError error) {
		super(message);
		this.malformed = malformed;
		this.error = error;
	}

	/** One of the fields that there are, with something wrong about it. */
	static InvalidSelection of(String field, String message) {
		return new InvalidSelection(false, field + ": " + message, new FieldError(field, message));
	}

	/**
	 * A field that there is not; its name, which can be anything, is no part of the
	 * message.
	 */
	static InvalidSelection unknown(String field, String expected) {
		String message = "unknown field (expected: " + expected + ")";
		return new InvalidSelection(false, message, new FieldError(field, message));
	}

	/**
	 * No JSON, or none that is read.
	 * @param field where, null if it is in no field
	 */
	static InvalidSelection malformed(@Nullable String field, String message) {
		return (field != null) ? new InvalidSelection(true, field + ": " + message, new FieldError(field, message))
				: new InvalidSelection(true, message, null);
	}

	/** Whether it is no JSON. */
	public boolean isMalformed() {
		return this.malformed;
	}

	/** The field it is about; none if it is in no field. */
	public List<FieldError> errors() {
		return (this.error != null) ? List.of(this.error) : List.of();
	}

}
