package com.banqup.invitations.dispatch.delivery.r2dbc;

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
	@ValueSource(strings = { "21000", "22008", "22021", "22P05", "27000" })
	void blamesTheDataForWhatTheDataSays(String state) {
		assertThat(AboutTheData.is(badGrammar(state))).isTrue();
	}

	@Test
	void blamesTheDataForAConstraint() {
		assertThat(AboutTheData.is(new DataIntegrityViolationException("check",
				new R2dbcDataIntegrityViolationException("check", "23514"))))
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "42703", "42P01", "42501", "26000", "03000", "25006", "53100" })
	void blamesTheDataForNothingElse(String state) {
		assertThat(AboutTheData.is(badGrammar(state))).isFalse();
	}

	@Test
	void blamesTheDataForNothingThatHasNoState() {
		assertThat(AboutTheData.is(new IllegalStateException("no state"))).isFalse();
		assertThat(AboutTheData.is(new R2dbcTransientResourceException("connection closed"))).isFalse();
	}

	/** The driver's word for half of all states. */
	private static BadSqlGrammarException badGrammar(String state) {
		return new BadSqlGrammarException("insert", "insert", new R2dbcBadGrammarException("refused", state));
	}

}
