package com.banqup.invitations.api.idempotency.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdempotencyKeyHeaderTests {

	@Test
	void isOptional() {
		assertThat(IdempotencyKeyHeader.find(new HttpHeaders())).isEmpty();
	}

	@Test
	void takesAQuotedString() {
		assertThat(IdempotencyKeyHeader.find(headers("\"a, b; \\\"c\\\" \\\\\""))).contains("a, b; \"c\" \\");
	}

	@Test
	void takesABareKey() {
		assertThat(IdempotencyKeyHeader.find(headers("8e03978e-40d5-43e8-bc93-6894a57f9324")))
			.contains("8e03978e-40d5-43e8-bc93-6894a57f9324");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"\"", "\"a", "a\"", "a b", "a;b", "a,b", "é", "\"é\"", "\"\\a\"" })
	void refusesWhatIsNoKey(String value) {
		assertThatExceptionOfType(InvalidIdempotencyKey.class)
			.isThrownBy(() -> IdempotencyKeyHeader.find(headers(value)));
	}

	@Test
	void refusesKeysThatAreTooLongAndHeadersThatComeTwice() {
		assertThat(IdempotencyKeyHeader.find(headers("a".repeat(255)))).isPresent();
		assertThatExceptionOfType(InvalidIdempotencyKey.class)
			.isThrownBy(() -> IdempotencyKeyHeader.find(headers("a".repeat(256))));
		HttpHeaders twice = headers("a");
		twice.add("Idempotency-Key", "a");
		assertThatExceptionOfType(InvalidIdempotencyKey.class).isThrownBy(() -> IdempotencyKeyHeader.find(twice));
	}

	private static HttpHeaders headers(String value) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("Idempotency-Key", value);
		return headers;
	}

}
