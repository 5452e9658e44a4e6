package com.banqup.invitations.api.problem;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;

/** Says in words what is wrong with JSON; nothing of the JSON is repeated. */
public final class MalformedJson {

	/** How Jackson's message begins, which has no exception of its own for it. */
	private static final String FIELD_TWICE = "Duplicate Object property";

	private MalformedJson() {
	}

	/** Why it cannot be read, without a full stop. */
	public static String reason(JacksonException ex) {
		return switch (ex) {
			case StreamConstraintsException tooLong ->
				"it has a name, text or number that is longer than what is read, or is nested more deeply";
			case StreamReadException twice when twice.getOriginalMessage().startsWith(FIELD_TWICE) ->
				"an object has the same field twice";
			case DatabindException other -> "not an object (expected: a JSON object)";
			default -> "not valid JSON";
		};
	}

}
