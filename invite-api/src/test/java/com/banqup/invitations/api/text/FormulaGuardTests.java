package com.banqup.invitations.api.text;

import org.junit.jupiter.params.ParameterizedTest;
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

	@ParameterizedTest
	@ValueSource(strings = { "", "'", "''", "K-1", "'s-Gravenhage", "a=b", " -5" })
	void leavesOtherTextAlone(String text) {
		assertThat(FormulaGuard.guard(text)).isEqualTo(text);
		assertThat(FormulaGuard.withoutGuard(text)).isEqualTo(text);
	}

}
