package com.banqup.invitations.api.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PartnerRoleTests {

	@ParameterizedTest
	@CsvSource({ "Administrator, LOOK, true", "Administrator, CHANGE, true", "Client Manager, LOOK, true",
			"Client Manager, CHANGE, true", "Accountant, LOOK, true", "Accountant, CHANGE, false" })
	void mayDoWhatItsRoleAllows(String claim, AccessNeeded access, boolean allowed) {
		assertThat(PartnerRole.ofClaim(claim).orElseThrow().may(access)).isEqualTo(allowed);
	}

	@Test
	void knowsItsRolesByTheLetter() {
		assertThat(PartnerRole.ofClaim("ADMINISTRATOR")).isEmpty();
		assertThat(PartnerRole.ofClaim("")).isEmpty();
	}

}
