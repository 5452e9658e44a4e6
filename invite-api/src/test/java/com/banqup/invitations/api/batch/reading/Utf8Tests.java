package com.banqup.invitations.api.batch.reading;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Tests {

	private static Utf8 kindOf(byte[] bytes) {
		return Utf8.of(bytes, 0, bytes.length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bakkerij", "{\"name\":\"\\u00e9\"}" })
	void knowsTextOfSingleBytes(String text) {
		assertThat(kindOf(text.getBytes(StandardCharsets.UTF_8))).isSameAs(Utf8.ASCII);
	}

	@ParameterizedTest
	@ValueSource(strings = { "é", "Sánchez", "Zażółć", "日本", "a\uD83D\uDE00" })
	void knowsTextOfSeveralBytesACharacter(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

		assertThat(kindOf(bytes)).isSameAs(Utf8.LONGER);
		assertThat(Utf8.LONGER.text(bytes, 0, bytes.length)).isEqualTo(text);
	}

	/**
	 * A follower alone, Latin 1, cut short, longer than it must be, a surrogate, beyond
	 * Unicode.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "80", "61e9", "c3", "e282", "c0af", "e08080", "eda080", "f4908080", "ff" })
	void knowsWhatIsNotWellFormed(String hex) {
		assertThat(kindOf(HexFormat.of().parseHex(hex))).isSameAs(Utf8.NONE);
	}

	@Test
	void looksAtThePartItIsAskedAbout() {
		byte[] bytes = HexFormat.of().parseHex("ff61c3a9ff");

		assertThat(Utf8.of(bytes, 1, 2)).isSameAs(Utf8.ASCII);
		assertThat(Utf8.of(bytes, 1, 4)).isSameAs(Utf8.LONGER);
		assertThat(Utf8.of(bytes, 1, 3)).isSameAs(Utf8.NONE);
		assertThat(Utf8.LONGER.text(bytes, 1, 4)).isEqualTo("aé");
	}

}
