package com.banqup.invitations.acceptance.businessspace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was typed makes no Business Space. */
public class InvalidBusinessSpace extends RuntimeException {

	private final transient Map<String, Reason> errors;

	InvalidBusinessSpace(Map<String, Reason> errors) {
		super("business space: " + errors, null, false, false);
		this.errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
	}

	/** The reason for each wrong field, in the order of the form. */
	public Map<String, Reason> errors() {
		return this.errors;
	}

	/** What is wrong with a field. */
	public enum Reason {

		/** Nothing was given. */
		REQUIRED,

		/** More than 200 characters. */
		TOO_LONG,

		/** Line breaks, or characters that cannot be seen. */
		CONTROL_CHARACTERS,

		/** No country has this code. */
		UNKNOWN_COUNTRY,

		/** Neither VAT number nor registration number was given. */
		NUMBER_REQUIRED,

		/** No number looks like this. */
		MALFORMED

	}

}
