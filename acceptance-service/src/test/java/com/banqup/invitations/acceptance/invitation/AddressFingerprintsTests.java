package com.banqup.invitations.acceptance.invitation;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AddressFingerprintsTests {

	private static final String ONE = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	private static final String TWO = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";

	private final AddressFingerprints fingerprints = new AddressFingerprints(7, Map.of(7, ONE));

	@Test
	void areTheSameForTheSameAddressHoweverItIsSpelled() {
		assertThat(this.fingerprints.of(" Owner@Bakery.EXAMPLE"))
			.isEqualTo(this.fingerprints.of("owner@bakery.example"));
	}

	@Test
	void differFromAddressToAddress() {
		assertThat(this.fingerprints.of("owner@bakery.example"))
			.isNotEqualTo(this.fingerprints.of("owner@brewery.example"));
	}

	@Test
	void cannotBeMadeWithoutTheKeyAndNameIt() {
		AddressFingerprint mine = this.fingerprints.of("owner@bakery.example");
		AddressFingerprint others = new AddressFingerprints(7, Map.of(7, TWO)).of("owner@bakery.example");

		assertThat(mine.keyId()).isEqualTo(7);
		assertThat(mine.hex()).hasSize(64).isNotEqualTo(others.hex());
	}

}
