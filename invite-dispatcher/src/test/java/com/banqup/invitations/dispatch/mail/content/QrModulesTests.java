package com.banqup.invitations.dispatch.mail.content;

import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QrModulesTests {

	private final Random random = new Random(42);

	@Test
	void areThoseThatZxingMakesWhateverTheLink() {
		for (int i = 0; i < 300; i++) {
			assertSameAsZxing("https://onboarding.banqup.example/i/" + token(35));
		}
	}

	@Test
	void areThoseThatZxingMakesWhateverTheLength() {
		for (int length = 2; length <= 180; length += 13) {
			assertSameAsZxing("h" + "7".repeat(length / 2) + token(length / 2));
		}
	}

	@Test
	void areThoseThatZxingMakesOfTextWithAnEncodingOfItsOwn() {
		assertSameAsZxing("HTTPS://BANQUP.EXAMPLE/I/0123456789");
		assertSameAsZxing("0123456789");
		assertSameAsZxing("x");
		assertSameAsZxing("https://banqup.example/caf\u00e9");
	}

	private static void assertSameAsZxing(String text) {
		assertThat(QrModules.of(text).rows()).isEqualTo(QrModules.encode(text).rows());
	}

	private String token(int size) {
		byte[] bytes = new byte[size];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
