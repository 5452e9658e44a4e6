package com.banqup.invitations.acceptance.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

class AudienceTests {

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/html;charset=utf-8", "application/xhtml+xml", "text/*",
			"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json, text/html;q=0.1" })
	void whoNamesHtmlIsAPerson(String accept) {
		assertThat(isProgram("/nowhere", accept)).isFalse();
		assertThat(isProgram("/actuator/nowhere", accept)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "application/json", "application/json, text/plain, */*", "text/css,*/*;q=0.1",
			"text/html;q=0, application/json", "application/*", "application/*+xml", "application/xml", "nonsense",
			"" })
	void whoDoesNotIsAProgram(String accept) {
		assertThat(isProgram("/nowhere", accept)).isTrue();
	}

	@Test
	void whoDoesNotSayIsAProgram() {
		assertThat(Audience.isProgram(MockServerHttpRequest.get("/nowhere").build())).isTrue();
	}

	@Test
	void theApiIsForProgramsOnly() {
		assertThat(isProgram("/v1/nowhere", "text/html")).isTrue();
		assertThat(isProgram("/v1", "text/html")).isTrue();
		assertThat(isProgram("/v1;x/nowhere", "text/html")).isTrue();
		assertThat(isProgram("/v10", "text/html")).isFalse();
	}

	private static boolean isProgram(String path, String accept) {
		return Audience.isProgram(MockServerHttpRequest.get(path).header("Accept", accept).build());
	}

}
