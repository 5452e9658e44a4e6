package com.banqup.invitations.api.invitation.kafka;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;

import static org.assertj.core.api.Assertions.assertThat;

class RecordEventsTests {

	@ParameterizedTest
	@ValueSource(strings = { "22021", "23514" })
	void givesUpWhatTheDatabaseRefusesForItsData(String sqlState) {
		assertThat(RecordEvents.isPermanent(badGrammar(sqlState))).isTrue();
		assertThat(RecordEvents
			.isPermanent(translated(new R2dbcDataIntegrityViolationException("refused", sqlState, 0, "UPDATE"))))
			.isTrue();
	}

	/** As while a release is rolled out, or behind a pooler that loses statements. */
	@ParameterizedTest
	@ValueSource(strings = { "42703", "26000" })
	void triesAgainWhatTheDatabaseRefusesForItsState(String sqlState) {
		assertThat(RecordEvents.isPermanent(badGrammar(sqlState))).isFalse();
	}

	@Test
	void triesAgainWhateverSaysNothingAboutTheData() {
		assertThat(RecordEvents.isPermanent(translated(new R2dbcNonTransientResourceException("away", "57P01"))))
			.isFalse();
		assertThat(RecordEvents.isPermanent(translated(new R2dbcTransientResourceException("away")))).isFalse();
		assertThat(RecordEvents.isPermanent(new DataIntegrityViolationException("who says so?"))).isFalse();
	}

	@Test
	void givesUpWhatADefectOfOursMakesImpossible() {
		assertThat(RecordEvents.isPermanent(new IllegalArgumentException("defect"))).isTrue();
	}

	private static Exception badGrammar(String sqlState) {
		return translated(new R2dbcBadGrammarException("refused", sqlState, 0, "UPDATE"));
	}

	private static Exception translated(R2dbcException error) {
		return ConnectionFactoryUtils.convertR2dbcException("record", "UPDATE", error);
	}

}
