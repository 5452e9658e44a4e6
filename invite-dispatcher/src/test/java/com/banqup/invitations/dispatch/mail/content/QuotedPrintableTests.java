package com.banqup.invitations.dispatch.mail.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QuotedPrintableTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "plain", "a=b", "trailing space \nnext", "tab\t\n", "Ünïcødé ✓ 😀",
			"75 characters and a space at the end of the line, which is just what fits   \nx", "\n\n\n", ".dot\n..\n.",
			"From here\n" })
	void decodesToTheSameText(String text) throws IOException {
		assertThat(decode(encode(text))).isEqualTo(text.replace("\n", "\r\n") + "\r\n");
	}

	@Test
	void decodesToTheSameTextWhateverTheText() throws IOException {
		Random random = new Random(42);
		String alphabet = "ab =\t.\n.\né✓😀From-_<>\"&";
		int[] characters = alphabet.codePoints().toArray();
		for (int i = 0; i < 2000; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(400), 0, characters.length).forEach((n) -> text.appendCodePoint(characters[n]));

			String encoded = encode(text.toString());
			assertThat(decode(encoded)).isEqualTo(text.toString().replace("\n", "\r\n") + "\r\n");
			assertThat(encoded.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(76)
				.matches("[\\x20-\\x7e\\t]*")
				.doesNotMatch(".*[ \\t]$"));
		}
	}

	@Test
	void copiesWhatNeverChangesInBetween() throws IOException {
		byte[] constant = "constant é = \nand more ".getBytes(StandardCharsets.UTF_8);
		for (int column = 0; column < 160; column++) {
			MimeBuffer buffer = new MimeBuffer(16);
			QuotedPrintable out = new QuotedPrintable(buffer, new QuotedPrintable.Parts());
			String before = "x".repeat(column);
			out.writeContent(before);
			out.writeBinaryContent(constant);
			out.writeContent("\nbetween ");
			out.writeBinaryContent(constant);
			out.end();

			String encoded = new String(buffer.array(), 0, buffer.size(), StandardCharsets.US_ASCII);
			assertThat(decode(encoded))
				.isEqualTo(before + "constant é = \r\nand more \r\nbetween constant é = \r\nand more \r\n");
			assertThat(encoded.lines()).allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(76));
		}
	}

	@Test
	void replacesHalfCharacters() throws IOException {
		assertThat(decode(encode("a\ud800b"))).isEqualTo("a\ufffdb\r\n");
	}

	private static String encode(String text) {
		MimeBuffer buffer = new MimeBuffer(16);
		QuotedPrintable out = new QuotedPrintable(buffer, new QuotedPrintable.Parts());
		out.writeContent(text);
		out.end();
		return new String(buffer.array(), 0, buffer.size(), StandardCharsets.US_ASCII);
	}

	private static String decode(String encoded) throws IOException {
		return new String(
				new QuotedPrintableInputStream(new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)))
					.readAllBytes(),
				StandardCharsets.UTF_8);
	}

}
