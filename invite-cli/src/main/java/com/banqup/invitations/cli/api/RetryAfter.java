package com.banqup.invitations.cli.api;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/** The header by which a server says when to ask again: seconds, or a date (RFC 9110). */
final class RetryAfter {

	private RetryAfter() {
	}

	static @Nullable Duration find(HttpHeaders headers, InstantSource clock) {
		String value = headers.firstValue("Retry-After").orElse("").strip();
		try {
			if (value.matches("\\d{1,9}")) {
				return Duration.ofSeconds(Long.parseLong(value));
			}
			if (!value.isEmpty()) {
				Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
				Duration left = Duration.between(clock.instant(), date);
				return left.isNegative() ? Duration.ZERO : left;
			}
		}
		catch (DateTimeException ex) {
			// Not understood: our own pauses will do.
		}
		return null;
	}

}
