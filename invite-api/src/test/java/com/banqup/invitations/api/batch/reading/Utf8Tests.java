package com.banqup.invitations.api.batch.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Tests {

	private static boolean isReadByJava(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	@Test
	void agreesWithJavaOnEveryCharacter() {
		for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
			if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
				byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);

				assertThat(Utf8.of(bytes, 0, bytes.length)).isEqualTo((character < 0x80) ? Utf8.ASCII : Utf8.LONGER);
			}
		}
	}

	/** Bytes of all kinds that lead and follow, mostly wrong. */
	@Test
	void agreesWithJavaOnBytesAtRandom() {
		Random random = new Random(11);
		int[] kinds = { 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE,
				0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF };
		int wellFormed = 0;
		for (int count = 0; count < 300_000; count++) {
			byte[] bytes = new byte[1 + random.nextInt(6)];
			for (int index = 0; index < bytes.length; index++) {
				bytes[index] = (byte) kinds[random.nextInt(kinds.length)];
			}
			boolean read = isReadByJava(bytes);
			wellFormed += read ? 1 : 0;

			assertThat(Utf8.of(bytes, 0, bytes.length) != Utf8.NONE).as("%s", (Object) bytes).isEqualTo(read);
		}
		assertThat(wellFormed).isGreaterThan(5_000);
	}

}
