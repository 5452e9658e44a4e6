package com.banqup.invitations.devstack.demo;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptorsTests {

	@Test
	void everyCountryHasItsTurn() {
		List<SampleClient> clients = clients("BE", "BE", "BE", "FR", "NL", "NL");

		assertThat(Acceptors.choose(clients, 4)).extracting(SampleClient::country)
			.containsExactly("BE", "FR", "NL", "BE");
	}

	@Test
	void choosesAllWhenTheyAreFew() {
		assertThat(Acceptors.choose(clients("BE", "FR"), 25)).hasSize(2);
		assertThat(Acceptors.choose(List.of(), 25)).isEmpty();
	}

	@Test
	void choosesTheSameAgain() {
		List<SampleClient> clients = clients("PL", "BE", "PL", "FR", "BE");

		assertThat(Acceptors.choose(clients, 3)).isEqualTo(Acceptors.choose(clients, 3)).doesNotHaveDuplicates();
	}

	private static List<SampleClient> clients(String... countries) {
		return Stream.iterate(0, (index) -> index < countries.length, (index) -> index + 1)
			.map((index) -> new SampleClient("Name " + index, index + "@a.example", "en", "CL-" + index, "VAT",
					countries[index]))
			.toList();
	}

}
