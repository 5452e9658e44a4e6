package com.banqup.invitations.outbox.database;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;

import static org.assertj.core.api.Assertions.assertThat;

class AboutTheDataTests {

	@ParameterizedTest
	@ValueSource(strings = { "21000", "22001", "22003", "22008", "22021", "22P02", "22P05", "23502", "23505", "23514",
			"27000" })
	void blamesTheDataForWhatTheDataSays(String state) {
		assertThat(AboutTheData.is(badGrammar(state))).isTrue();
	}

	@Test
	void blamesTheDataForAConstraint() {
		assertThat(AboutTheData.is(new DataIntegrityViolationException("check",
				new R2dbcDataIntegrityViolationException("check", "23514"))))
			.isTrue();
	}

	@Test
	void looksForTheStateBehindAFailureWithoutOne() {
		assertThat(AboutTheData.is(new R2dbcTransientResourceException("wrapped",
				new R2dbcDataIntegrityViolationException("check", "23514"))))
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "42703", "42P01", "42501", "42883", "26000", "03000", "0A000", "25006", "53100", "54000",
			"57P01" })
	void blamesTheDataForNothingElse(String state) {
		assertThat(AboutTheData.is(badGrammar(state))).isFalse();
	}

	@Test
	void blamesTheDataForNothingThatHasNoState() {
		assertThat(AboutTheData.is(new IllegalStateException("no state"))).isFalse();
		assertThat(AboutTheData.is(new R2dbcTransientResourceException("connection closed"))).isFalse();
		assertThat(AboutTheData.is(new DataIntegrityViolationException("who says so?"))).isFalse();
	}

	/** The driver's word for half of all states. */
	private static BadSqlGrammarException badGrammar(String state) {
		return new BadSqlGrammarException("insert", "insert", new R2dbcBadGrammarException("refused", state));
	}

}
