package com.banqup.invitations.api.text;

import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormulaGuardTests {

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+1", "-5", "@SUM", "\tx", "\rx", "\nx", "\uFF1D1", "'-5", "''=1" })
	void guardsWhatIsAFormulaOrLooksGuarded(String text) {
		String guarded = FormulaGuard.guard(text);

		assertThat(guarded).isEqualTo("'" + text);
		assertThat(FormulaGuard.withoutGuard(guarded)).isEqualTo(text);
	}

	/** As where lists are divided by semicolons, and so on. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "x;=1+1|x;'=1+1", "x,-1|x,'-1", "=1;+2|'=1;'+2", "x;\"=1\"|x;'\"=1\"", "x;'=1|x;''=1" })
	void guardsWhatOthersWouldTakeForTheBeginningOfACell(String text, String expected) {
		assertThat(FormulaGuard.guard(text)).isEqualTo(expected);
		assertThat(FormulaGuard.withoutGuard(expected)).isEqualTo(text);
	}

	@Test
	void canAlwaysBeTakenAway() {
		Random random = new Random(7);
		for (int count = 0; count < 100_000; count++) {
			String text = random.ints(random.nextInt(8), 0, 8)
				.mapToObj((index) -> String.valueOf("';,\t=-\"a".charAt(index)))
				.collect(Collectors.joining());

			assertThat(FormulaGuard.withoutGuard(FormulaGuard.guard(text))).isEqualTo(text);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "'", "''", "K-1", "'s-Gravenhage", "a=b", " -5" })
	void leavesOtherTextAlone(String text) {
		assertThat(FormulaGuard.guard(text)).isEqualTo(text);
		assertThat(FormulaGuard.withoutGuard(text)).isEqualTo(text);
	}

}
