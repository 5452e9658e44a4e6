package com.banqup.invitations.acceptance.consent;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConsentTextsTests {

	@Test
	void saysWhoGetsAccessToWhat() {
		ConsentText text = ConsentTexts.in(InviteeLanguage.ENGLISH)
			.granting("Müller & Co", List.of(Permission.VIEW_DOCUMENTS, Permission.VIEW_REPORTS));

		assertThat(text.text()).isEqualTo("""
				I grant Müller & Co access to the Business Space that I have chosen. With this access Müller & Co can:

				- see invoices, receipts and other documents
				- see reports and declarations

				I am entitled to decide this for the company. I can end the access at any time; what Müller & Co did \
				until then stays as it is.""");
	}

	@Test
	void neverChangesAWordingThatIsInUse() {
		String hashes = Arrays.stream(InviteeLanguage.values())
			.map((language) -> ConsentTexts.in(language).granting("P", List.of(Permission.values())).hash())
			.map((hash) -> hash.substring(0, 16))
			.collect(Collectors.joining(" "));

		assertThat(ConsentTexts.CURRENT_VERSION).isEqualTo("2026-01");
		assertThat(hashes).as("the words of version 2026-01: make a new version instead of changing it")
			.isEqualTo("0ab496ba0aff0709 ef5ba5cb11f5cc37 124af8f06b5dc320 eb910506198c9903");
	}

	@ParameterizedTest
	@EnumSource(InviteeLanguage.class)
	void describesEveryPermissionInEveryLanguage(InviteeLanguage language) {
		assertThat(Permission.values()).extracting((permission) -> ConsentTexts.in(language).describe(permission))
			.doesNotHaveDuplicates()
			.allSatisfy((description) -> assertThat(description).isNotBlank());
	}

	@Test
	void treatsAPartnersNameAsWordsAndNotAsAPattern() {
		ConsentText text = ConsentTexts.in(InviteeLanguage.ENGLISH).granting("$1 \\ {partner}", List.of());

		assertThat(text.text()).startsWith("I grant $1 \\ {partner} access");
	}

}
