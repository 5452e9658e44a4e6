package com.banqup.invitations.api.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlainTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "a\u0007b", "a\u007Fb", "a\u0085b", "a\u2028b", "a\u202Eb", "a\u2066b",
			"a\uD800b", "a\uE000b" })
	void forbidsCharactersThatNobodyTypes(String text) {
		assertThat(PlainText.hasForbidden(text, true)).isTrue();
		assertThat(PlainText.hasForbidden(text, false)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\r\nb", "a\tb" })
	void allowsLineBreaksWhereThereAreLines(String text) {
		assertThat(PlainText.hasForbidden(text, true)).isFalse();
		assertThat(PlainText.hasForbidden(text, false)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Café Zoë", "O'Neill & Søns", "株式会社", "שלום", "👩‍💼 Ltd" })
	void allowsNamesOfTheWorld(String text) {
		assertThat(PlainText.hasForbidden(text, false)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x2060, 0x3164, 0x061C, 0x202A, 0x202E, 0x2066, 0x2069, 0x115F, 0x1160, 0xFFA0, 0x2800,
			0x034F, 0xE0041 })
	void forbidsCharactersThatNobodySees(int character) {
		assertThat(PlainText.hasForbidden("Jan" + Character.toString(character) + "ssens", true)).isTrue();
	}

	/** Soft hyphen, zero width space, byte order mark, left-to-right, right-to-left. */
	@ParameterizedTest
	@ValueSource(ints = { 0x00AD, 0x200B, 0xFEFF, 0x200E, 0x200F })
	void takesOutWhatComesWithPastedTextUnseen(int character) {
		String pasted = Character.toString(character);
		String text = pasted + "Jan" + pasted + "ssens " + pasted + " Cafe" + pasted + "\u0301" + pasted;

		assertThat(PlainText.hasForbidden(text, false)).isFalse();
		assertThat(PlainText.hasForbidden(text, true)).isFalse();
		assertThat(PlainText.isReadable(pasted)).isFalse();
		assertThat(PlainText.line(text)).isEqualTo("Janssens Café");
		assertThat(PlainText.lines("a\n" + pasted + "b " + pasted)).isEqualTo("a\nb");
		assertThat(PlainText.folded(text)).isEqualTo("janssens cafe");
	}

	@ParameterizedTest
	@ValueSource(strings = { "می‌خواهم", "क्‍ष", "👩‍💼 Ltd", "❤️ Care" })
	void allowsTheJoinersThatScriptsAndSymbolsNeed(String text) {
		assertThat(PlainText.hasForbidden(text, false)).isFalse();
		assertThat(PlainText.isReadable(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "...", "—", "\u00A0", "👩‍💼", "\u0301" })
	void findsNothingToReadWithoutALetterOrDigit(String text) {
		assertThat(PlainText.isReadable(text)).isFalse();
	}

	@Test
	void takesEveryKindOfBlankForASpace() {
		assertThat(PlainText.line("\u00A0Café\u2003\u00A0 Zoë\u3000")).isEqualTo("Café Zoë");
		assertThat(PlainText.lines("\u00A0\n Hello\u00A0all \u2003\n")).isEqualTo("Hello\u00A0all");
	}

	@Test
	void countsCharactersAndNotTheirHalves() {
		assertThat(PlainText.length("👩a")).isEqualTo(2);
	}

	@Test
	void storesOneLineComposedWithSingleSpaces() {
		assertThat(PlainText.line("  Cafe\u0301   Zoe\u0308 ")).isEqualTo("Café Zoë");
	}

	@Test
	void storesLinesWithOneKindOfBreak() {
		assertThat(PlainText.lines("a\r\nb\rc\n\nd  e\n")).isEqualTo("a\nb\nc\n\nd  e");
	}

	@ParameterizedTest
	@CsvSource({ "Café München, cafe munchen", "ŒUVRE, oeuvre", "Straße, strasse", "Łódź, lodz", "Ærø, aero",
			"İstanbul, istanbul", "Ｆｕｌｌ, full" })
	void foldsCaseAndAccents(String text, String folded) {
		assertThat(PlainText.folded(text)).isEqualTo(folded);
	}

	/** Every character that may take the short cut, alone and among others. */
	@Test
	void readsWesternTextsAsAllOthers() {
		String far = "\u4E2D";
		for (char character = 0; character < 0x300; character++) {
			String text = "a" + character + " b";

			assertThat(PlainText.hasForbidden(text, false)).as("%x", (int) character)
				.isEqualTo(PlainText.hasForbidden(text + far, false));
			assertThat(PlainText.line(text) + far).isEqualTo(PlainText.line(text + far));
			assertThat(PlainText.withoutPasted(text) + far).isEqualTo(PlainText.withoutPasted(text + far));
		}
	}

	@Test
	void escapesWildcards() {
		assertThat(PlainText.likePattern("50%_\\")).isEqualTo("%50\\%\\_\\\\%");
	}

}
