package com.banqup.invitations.acceptance.web;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTargetsTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/i/AbC_-9?lang=nl&x=a%20b", "/a;b//c/../d", "/i/%25", "/x?a[0]=1#top",
			"http://localhost:8082/i/x", "*", "" })
	void leavesUrisAlone(String target) {
		assertThat(RequestTargets.uri(target)).isSameAs(target);
	}

	@ParameterizedTest
	@CsvSource({ "/i/%zz, /i/%25zz", "/i/%, /i/%25", "/i/%4, /i/%254", "/i/a|b?c={d}, /i/a%7Cb?c=%7Bd%7D",
			"/i/[x]%20, /i/%5Bx%5D%20", "/a#b#c, /a%23b%23c", "/i/\\, /i/%5C" })
	void encodesWhatAUriCannotHave(String target, String uri) {
		assertThat(RequestTargets.uri(target)).isEqualTo(uri);
		assertThat(URI.create(uri)).isNotNull();
	}

	@Test
	void takesCharactersForTheBytesTheyCameAs() {
		assertThat(RequestTargets.uri("/i/\u00C3\u0085|")).isEqualTo("/i/%C3%85%7C");
	}

}
