package com.banqup.invitations.api.client;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmailAddressTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			info@example.com,                info@example.com
			First.Last+tag@Example.COM,      First.Last+tag@example.com
			o'brien@example.com,             o'brien@example.com
			post@bücher.example,             post@xn--bcher-kva.example
			post@BÜCHER.example,             post@xn--bcher-kva.example
			post@straße.example,             post@xn--strae-oqa.example
			post@例え.example,                post@xn--r8jz45g.example
			post@παράδειγμα.example,         post@xn--hxajbheg2az3al.example
			a@sub.example.co.uk,             a@sub.example.co.uk
			a@ab--c.example,                 a@ab--c.example
			""")
	void keepsWhatWasGivenAndKnowsWhereMailGoes(String given, String ascii) {
		EmailAddress address = EmailAddress.of(given);

		assertThat(address.given()).isEqualTo(given);
		assertThat(address.ascii()).isEqualTo(ascii);
	}

	@Test
	void takesOutWhatComesWithPastedTextUnseen() {
		EmailAddress address = EmailAddress.of("\uFEFF info\u200B@exa\u00ADmple.com\u200E ");

		assertThat(address).isEqualTo(EmailAddress.of("info@example.com"));
		assertThat(address.given()).isEqualTo("info@example.com");
	}

	@Test
	void takesAwayBlanksAround() {
		assertThat(EmailAddress.of("\u00A0\u3000 info@example.com\t\u202F\u00A0\n"))
			.isEqualTo(EmailAddress.of("info@example.com"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nobody
			@example.com
			a@
			a@localhost
			a b@example.com
			.a@example.com
			a.@example.com
			a..b@example.com
			"a b"@example.com
			jürgen@example.com
			a@[192.0.2.1]
			a@192.0.2.1
			a@-example.com
			a@example-.com
			a@exa_mple.com
			a@example..com
			a@example.com.
			a@xn--0.example
			a<b@example.com
			""")
	void refusesWhatMailCannotGoTo(String text) {
		assertThatExceptionOfType(InvalidEmailAddress.class).isThrownBy(() -> EmailAddress.of(text))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(text));
	}

	@Test
	void refusesLineBreaks() {
		assertThatExceptionOfType(InvalidEmailAddress.class)
			.isThrownBy(() -> EmailAddress.of("a\r\nBcc: b@example.com"));
		assertThatExceptionOfType(InvalidEmailAddress.class)
			.isThrownBy(() -> EmailAddress.of("a@example.com\r\nb.example"));
	}

	@Test
	void takesTheLongestLocalPartAndNoLonger() {
		assertThat(EmailAddress.of("a".repeat(64) + "@example.com").ascii()).hasSize(76);
		assertThatExceptionOfType(InvalidEmailAddress.class)
			.isThrownBy(() -> EmailAddress.of("a".repeat(65) + "@example.com"))
			.withMessageContaining("65 characters before the @ (expected: 1..64)");
	}

	@Test
	void takesTheLongestAddressAndNoLonger() {
		String domain = ("d".repeat(61) + ".").repeat(3);
		String longest = "a".repeat(60) + "@" + domain + "example";

		assertThat(EmailAddress.of(longest).ascii()).hasSize(254);
		assertThatExceptionOfType(InvalidEmailAddress.class).isThrownBy(() -> EmailAddress.of("a" + longest))
			.withMessageContaining("255 characters (expected: up to 254");
	}

	@Test
	void countsTheDomainInItsAsciiForm() {
		assertThatExceptionOfType(InvalidEmailAddress.class)
			.isThrownBy(() -> EmailAddress.of("a@" + "ü".repeat(63) + ".example"))
			.withMessageContaining("too long");
	}

	@ParameterizedTest
	@MethodSource
	void refusesDomainsThatAreFarTooLongBeforeConvertingThem(String domain) {
		assertThatExceptionOfType(InvalidEmailAddress.class).isThrownBy(() -> EmailAddress.of("a@" + domain))
			.withMessageContaining("too long");
	}

	static Stream<String> refusesDomainsThatAreFarTooLongBeforeConvertingThem() {
		return Stream.of("é".repeat(1001) + ".example", "xn--" + "a".repeat(2001), "é".repeat(200_000) + ".example");
	}

	/** Names made of what decides: a short cut must never lead elsewhere. */
	@Test
	void readsPlainDomainsAsAllOthers() {
		Random random = new Random(7);
		String alphabet = "aZ09-..xn--";
		int plain = 0;
		for (int count = 0; count < 50_000; count++) {
			StringBuilder domain = new StringBuilder();
			int length = 1 + random.nextInt(12);
			for (int index = 0; index < length; index++) {
				domain.append(alphabet.charAt(random.nextInt(alphabet.length())));
			}
			if (EmailAddress.isPlainName(domain.toString())) {
				plain++;
				assertThat(EmailAddress.of("a@" + domain).ascii())
					.isEqualTo("a@" + EmailAddress.converted(domain.toString()));
			}
		}

		assertThat(plain).isGreaterThan(1_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.com", "Example.COM", "a-b.example", "1.example", "a.b.c.de" })
	void takesTheShortCutForMostDomains(String domain) {
		assertThat(EmailAddress.isPlainName(domain)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "example", "example.", ".example", "a..b", "-a.example", "a-.example", "xn--0.example",
			"a--b.example", "a.123", "a.1b2", "a_b.example", "b\u00FCcher.example" })
	void takesTheLongWayForTheOthers(String domain) {
		assertThat(EmailAddress.isPlainName(domain)).isFalse();
	}

	@Test
	void isNotReadableInLogs() {
		assertThat(EmailAddress.of("info@example.com")).hasToString("EmailAddress[…]");
	}

}
