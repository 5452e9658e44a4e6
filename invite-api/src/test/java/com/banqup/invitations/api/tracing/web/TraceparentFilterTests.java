package com.banqup.invitations.api.tracing.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class TraceparentFilterTests {

	private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	@Test
	void findsAValidOne() {
		assertThat(TraceparentFilter.find(headers(VALID))).contains(VALID);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more" })
	void findsNoneThatIsNotValid(String value) {
		assertThat(TraceparentFilter.find(headers(value))).isEmpty();
	}

	@Test
	void findsNoneAmongSeveralOrNone() {
		assertThat(TraceparentFilter.find(headers(VALID, VALID))).isEmpty();
		assertThat(TraceparentFilter.find(headers())).isEmpty();
	}

	private static HttpHeaders headers(String... values) {
		HttpHeaders headers = new HttpHeaders();
		for (String value : values) {
			headers.add("traceparent", value);
		}
		return headers;
	}

}
