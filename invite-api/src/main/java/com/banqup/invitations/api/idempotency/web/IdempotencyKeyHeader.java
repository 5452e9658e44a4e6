package com.banqup.invitations.api.idempotency.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;

/**
 * The header of draft-ietf-httpapi-idempotency-key-header: a string of structured fields
 * (RFC 8941), in double quotes. Many callers leave out the quotes: that is taken too.
 */
public final class IdempotencyKeyHeader {

	static final String NAME = "Idempotency-Key";

	private static final Pattern QUOTED = Pattern
		.compile("\"((?:[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]|\\\\[\"\\\\]){1,255})\"");

	private static final Pattern BARE = Pattern.compile("[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]{1,255}");

	private IdempotencyKeyHeader() {
	}

	/**
	 * The key, empty if the request has none.
	 * @throws InvalidIdempotencyKey if the header holds no key, or several
	 */
	public static Optional<String> find(HttpHeaders headers) {
		List<String> values = headers.getOrEmpty(NAME);
		if (values.isEmpty()) {
			return Optional.empty();
		}
		if (values.size() > 1) {
			throw new InvalidIdempotencyKey();
		}
		String value = values.getFirst().strip();
		Matcher quoted = QUOTED.matcher(value);
		if (quoted.matches()) {
			return Optional.of(quoted.group(1).replace("\\\"", "\"").replace("\\\\", "\\"));
		}
		if (BARE.matcher(value).matches()) {
			return Optional.of(value);
		}
		throw new InvalidIdempotencyKey();
	}

}
