package com.banqup.invitations.api.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextProblemTests {

	@ParameterizedTest
	@ValueSource(strings = { "B\u00E4ckerei M\u00FCller", "  four   ", "\u200Bfour" })
	void findsNothingWrongWithALineThatCanBeKept(String text) {
		assertThat(TextProblem.ofLine(text, 16)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "\u00A0", "\u200B" })
	void findsBlankLines(String text) {
		assertThat(TextProblem.ofLine(text, 4))
			.isEqualTo(new TextProblem(TextProblem.Kind.BLANK, "blank (expected: one line of 1..4 characters)"));
	}

	@Test
	void countsALineAsItIsStored() {
		assertThat(TextProblem.ofLine(" a    b ", 3)).isNull();
		assertThat(TextProblem.ofLine("abcde", 4)).isEqualTo(
				new TextProblem(TextProblem.Kind.TOO_LONG, "5 characters (expected: one line of 1..4 characters)"));
	}

	@Test
	void findsWhatNobodySeesOrReads() {
		assertThat(TextProblem.ofLine("a\nb", 4)).isEqualTo(new TextProblem(TextProblem.Kind.INVALID,
				"has invisible characters (expected: one line of 1..4 characters)"));
		assertThat(TextProblem.ofLine("...", 4)).isEqualTo(new TextProblem(TextProblem.Kind.INVALID,
				"without a letter or digit (expected: one line of 1..4 characters)"));
	}

	@Test
	void takesSeveralLinesAndNone() {
		assertThat(TextProblem.ofLines("a\r\nb\n", 3)).isNull();
		assertThat(TextProblem.ofLines(" ", 3)).isNull();
		assertThat(TextProblem.ofLines("a\nbc", 3)).isEqualTo(
				new TextProblem(TextProblem.Kind.TOO_LONG, "4 characters (expected: text of up to 3 characters)"));
		assertThat(TextProblem.ofLines("a\u0007", 3)).isEqualTo(new TextProblem(TextProblem.Kind.INVALID,
				"has invisible characters (expected: text of up to 3 characters)"));
	}

}
