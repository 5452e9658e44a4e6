package com.banqup.invitations.api.batch.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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
		assertThat(
				IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
					.filter((character) -> character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE)
					.filter((character) -> kindOf(
							Character.toString(character)) != ((character < 0x80) ? Utf8.ASCII : Utf8.LONGER)))
			.isEmpty();
	}

	private static Utf8 kindOf(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return Utf8.of(bytes, 0, bytes.length);
	}

	/** Bytes of all kinds that lead and follow, mostly wrong. */
	@Test
	void agreesWithJavaOnBytesAtRandom() {
		Random random = new Random(11);
		int[] kinds = { 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE,
				0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF };
		List<String> differing = new ArrayList<>();
		int wellFormed = 0;
		for (int count = 0; count < 300_000; count++) {
			byte[] bytes = new byte[1 + random.nextInt(6)];
			for (int index = 0; index < bytes.length; index++) {
				bytes[index] = (byte) kinds[random.nextInt(kinds.length)];
			}
			boolean read = isReadByJava(bytes);
			wellFormed += read ? 1 : 0;

			if ((Utf8.of(bytes, 0, bytes.length) != Utf8.NONE) != read) {
				differing.add(HexFormat.of().formatHex(bytes));
			}
		}
		assertThat(differing).isEmpty();
		assertThat(wellFormed).isGreaterThan(5_000);
	}

}
