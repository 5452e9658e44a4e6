package com.banqup.invitations.dispatch.mail.content;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SafeTextTests {

	@Test
	void keepsNamesOnOneLine() {
		assertThat(SafeText.name(" Jan\r\n\t De\u2028Smet\u0000 ")).isEqualTo("Jan De Smet");
	}

	@Test
	void removesWhatChangesTheDirectionOfWriting() {
		assertThat(SafeText.name("abc\u202egpj.exe\u202c\u200f")).isEqualTo("abcgpj.exe");
		assertThat(SafeText.message("abc\u202egpj\u2067x")).containsExactly("abcgpjx");
	}

	@Test
	void isolatesNamesThatRunFromRightToLeft() {
		assertThat(SafeText.name("שלום 1")).isEqualTo("\u2068שלום 1\u2069");
		assertThat(SafeText.name("Société Ωμέγα 日本")).isEqualTo("Société Ωμέγα 日本");
	}

	@Test
	void shortensNamesBetweenCharacters() {
		String name = SafeText.name("😀".repeat(500));

		assertThat(name).isEqualTo("😀".repeat(SafeText.MAX_NAME) + "…");
	}

	@Test
	void replacesHalfCharacters() {
		assertThat(SafeText.name("a\ud83d b\ude00")).isEqualTo("a\ufffd b\ufffd");
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.example/a,https:|/|/|evil.|example/a", "www.evil.example,www.|evil.|example",
			"me@evil.example,me@|evil.|example", "mailto:me@evil.example,mailto:|me@|evil.|example",
			"tel:+32123,tel:|+32123", "\\\\server\\share,\\|\\|server\\share", "evil。example,evil。|example",
			"HTTP://1.2.3.4/x,HTTP:|/|/|1.2.3.4/x" })
	void cutsWhatMailClientsTurnIntoLinks(String text, String cut) {
		assertThat(SafeText.unlinked(text)).isEqualTo(cut.replace('|', '\u200b'));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Dear Jan. How are you?", "at 10:30 on 1.12.2026", "3.50 EUR", "Note: this", "and/or",
			"a...", "C/O us" })
	void leavesOrdinaryTextAlone(String text) {
		assertThat(SafeText.unlinked(text).replace("\u200b", "")).isEqualTo(text);
		assertThat(SafeText.unlinked(text.replace("...", ""))).isEqualTo(text.replace("...", ""));
	}

	@Test
	void keepsLineBreaksOfMessages() {
		assertThat(SafeText.message("\n\n a\r\n\r\nb\rc  \n\n")).containsExactly(" a", "", "b", "c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\r\n\n \t", "\u0000" })
	void seesThatThereIsNoMessage(String text) {
		assertThat(SafeText.message(text)).isEmpty();
	}

}
