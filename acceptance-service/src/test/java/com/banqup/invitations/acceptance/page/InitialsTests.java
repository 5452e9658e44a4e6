package com.banqup.invitations.acceptance.page;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InitialsTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			Desmet & Partners Accountants, DP
			bäckerei müller,               BM
			'A.B.C.' België,               B
			Élan,                          É
			𝒳yz Ltd,                       𝒳L
			42 Rue,                        4R
			&&&,                           ·
			"   ",                         ·
			"",                            ·
			""")
	void standForTheFirstTwoWords(String name, String initials) {
		assertThat(Initials.of(name)).isEqualTo(initials);
	}

}
