package com.banqup.invitations.acceptance.businessspace.r2dbc;

import java.util.UUID;

import com.banqup.invitations.acceptance.UseCases;
import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.Accounts;
import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import com.banqup.invitations.acceptance.businessspace.TooManyBusinessSpaces;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NullUnmarked
class R2dbcBusinessSpacesIT extends UseCases {

	@Autowired
	private Accounts accounts;

	@Autowired
	private BusinessSpaces businessSpaces;

	private Account ann;

	@BeforeEach
	void signIn() {
		this.ann = anAccount();
	}

	@Test
	void listsThoseOfTheAccountByName() {
		create("bakery", "BE0000000002");
		create("Antiques", "BE0000000001");
		this.businessSpaces.create(anAccount(), space("Other", "BE0000000003")).block();

		assertThat(this.businessSpaces.list(this.ann).block()).extracting(BusinessSpace::name)
			.containsExactly("Antiques", "bakery");
	}

	@Test
	void givesTheOneThatIsThereWhenTheNumberIsTheSame() {
		BusinessSpace first = create("Bakery", "BE0000000001");

		assertThat(create("Bakery again", "BE0000000001")).isEqualTo(first);
		assertThat(this.businessSpaces.create(this.ann, NewBusinessSpace.of("Bakery", "NL", "BE0000000001", null))
			.block()
			.id()).as("in another country").isNotEqualTo(first.id());
	}

	@Test
	void createsOneHoweverOftenTheFormIsSentAtOnce() {
		assertThat(Flux.range(0, 16)
			.flatMap((i) -> this.businessSpaces.create(this.ann, space("Bakery", "BE0000000001")), 16)
			.map(BusinessSpace::id)
			.distinct()
			.collectList()
			.block()).hasSize(1);
	}

	@Test
	void hidesThoseOfOthers() {
		BusinessSpace space = create("Bakery", "BE0000000001");

		assertThat(this.businessSpaces.require(this.ann, space.id()).block()).isEqualTo(space);
		assertThatExceptionOfType(BusinessSpaceNotYours.class)
			.isThrownBy(() -> this.businessSpaces.require(anAccount(), space.id()).block());
		assertThatExceptionOfType(BusinessSpaceNotYours.class)
			.isThrownBy(() -> this.businessSpaces.require(this.ann, UUID.randomUUID()).block());
	}

	@Test
	void createsUpToTheLimitAndStillFindsTheSame() {
		BusinessSpace first = create("Bakery", "BE0000000001");
		this.database
			.sql("""
					INSERT INTO business_space (id, name, country, vat_number, created_by, created_at)
					SELECT gen_random_uuid(), 'Many', 'BE', 'X' || number, :id, now() FROM generate_series(2, :limit) AS number
					""")
			.bind("id", this.ann.id())
			.bind("limit", BusinessSpaces.LIMIT)
			.then()
			.block();

		assertThatExceptionOfType(TooManyBusinessSpaces.class).isThrownBy(() -> create("More", "BE0000000002"))
			.withMessageContaining("100");
		assertThat(create("Bakery", "BE0000000001")).isEqualTo(first);
	}

	private BusinessSpace create(String name, String vatNumber) {
		return this.businessSpaces.create(this.ann, space(name, vatNumber)).block();
	}

	private static NewBusinessSpace space(String name, String vatNumber) {
		return NewBusinessSpace.of(name, "BE", vatNumber, null);
	}

	private Account anAccount() {
		return this.accounts.signedIn("https://id.example/clients", UUID.randomUUID().toString(), "Ann").block();
	}

}
