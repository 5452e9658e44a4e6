package com.banqup.invitations.acceptance.account;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccountNameTests {

	@Test
	void losesWhatNoDatabaseStoresAndNoLineShows() {
		assertThat(AccountName.tidy(" An\0n\nPeeters\uD83D ")).isEqualTo("An n Peeters");
	}

	@Test
	void isCutBetweenCharactersOnly() {
		String tidy = AccountName.tidy("😀".repeat(300));

		assertThat(tidy).isEqualTo("😀".repeat(199) + "…");
		assertThat(AccountName.tidy("😀".repeat(200))).isEqualTo("😀".repeat(200));
	}

	@Test
	void isNoneWhenNothingIsLeft() {
		assertThat(AccountName.tidy(null)).isNull();
		assertThat(AccountName.tidy(" \0\t")).isNull();
	}

}
