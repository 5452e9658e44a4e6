package com.banqup.invitations.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The registry has no schema under the id, or one that is none of Avro. Final: an id
 * never gets another schema.
 */
class UnusableSchema extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnusableSchema(@Nullable String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
