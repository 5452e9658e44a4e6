package com.banqup.invitations.acceptance.account.r2dbc;

import java.util.UUID;

import com.banqup.invitations.acceptance.UseCases;
import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.Accounts;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class R2dbcAccountsIT extends UseCases {

	private static final String ISSUER = "https://id.example/clients";

	private final String subject = UUID.randomUUID().toString();

	@Autowired
	private Accounts accounts;

	@Test
	void isMadeAtTheFirstSignInAndNotByLooking() {
		assertThat(this.accounts.find(ISSUER, this.subject).block()).isNull();

		Account made = signedIn("Ann");

		assertThat(this.accounts.find(ISSUER, this.subject).block()).isEqualTo(made);
		assertThat(signedIn("Ann")).isEqualTo(made);
	}

	@Test
	void followsTheNameAndKeepsItWhenTheProviderTellsNone() {
		Account made = signedIn("Ann");

		assertThat(signedIn("Ann Peeters")).satisfies((account) -> {
			assertThat(account.id()).isEqualTo(made.id());
			assertThat(account.name()).isEqualTo("Ann Peeters");
		});
		assertThat(signedIn(null).name()).isEqualTo("Ann Peeters");
	}

	@Test
	void takesAnyNameThatAProviderTells() {
		assertThat(signedIn("An\0n").name()).isEqualTo("An n");
		assertThat(signedIn("😀".repeat(300)).name()).endsWith("😀…");
	}

	@Test
	void tellsPeopleOfDifferentProvidersApart() {
		Account here = signedIn("Ann");

		assertThat(this.accounts.signedIn("https://other.example/", this.subject, "Ann").block().id())
			.isNotEqualTo(here.id());
	}

	@Test
	void isOneHoweverManySignInsComeAtOnce() {
		assertThat(Flux.range(0, 16)
			.flatMap((i) -> this.accounts.signedIn(ISSUER, this.subject, "Ann"), 16)
			.map(Account::id)
			.distinct()
			.collectList()
			.block()).hasSize(1);
	}

	private Account signedIn(String name) {
		return this.accounts.signedIn(ISSUER, this.subject, name).block();
	}

}
