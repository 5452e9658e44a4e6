package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.businessspace.InvalidBusinessSpace;
import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PageTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://elsewhere.example/", "//elsewhere.example", "elsewhere", "" })
	void redirectsNeverLeaveTheSite(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> Page.seeOther(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a/b", "a b", "a?b", "é", "..%2f" })
	void pathsAreMadeOfLinksOnly(String token) {
		assertThatIllegalArgumentException().isThrownBy(() -> new InvitationPath(token))
			.withMessageNotContaining("a/b");
	}

	@Test
	void neitherPathsNorRedirectsTellTheLinkInTheirText() {
		assertThat(PageSamples.PATH.toString()).doesNotContain(PageSamples.TOKEN);
		assertThat(Page.seeOther(PageSamples.PATH.space()).toString()).doesNotContain(PageSamples.TOKEN);
	}

	@Test
	void aConfirmationIsForWhatItShowed() {
		UUID account = UUID.randomUUID();
		UUID space = UUID.randomUUID();

		assertThat(form("account", account.toString(), "businessSpaceId", space.toString()).isFor(account, space))
			.isTrue();
		assertThat(form().isFor(account, space)).isFalse();
		assertThat(form("account", account.toString()).isFor(account, space)).isFalse();
		assertThat(form("businessSpaceId", space.toString()).isFor(account, space)).isFalse();
		assertThat(form("account", account.toString(), "businessSpaceId", account.toString()).isFor(account, space))
			.isFalse();
		assertThat(form("account", space.toString(), "businessSpaceId", space.toString()).isFor(account, space))
			.isFalse();
	}

	@Test
	void aConfirmationNamesTheWordsThatWereShown() {
		ConsentText text = ConsentTexts.in(InviteeLanguage.FRENCH)
			.granting("Müller", List.of(Permission.VIEW_DOCUMENTS));
		String reference = ConfirmForm.reference(text);

		assertThat(form("consentText", reference).given())
			.hasValueSatisfying((given) -> assertThat(given.isTo(text)).isTrue());
		assertThat(form("consentText", reference.replace("fr:", "nl:")).given())
			.hasValueSatisfying((given) -> assertThat(given.isTo(text)).isFalse());
		assertThat(form("consentText", reference.replace("fr:", "xx:")).given()).isEmpty();
		assertThat(form("consentText", "fr:" + ConsentTexts.CURRENT_VERSION).given()).isEmpty();
		assertThat(form("consentText", "nonsense").given()).isEmpty();
		assertThat(form().given()).isEmpty();
	}

	@Test
	void onlyATickedBoxIsConsent() {
		assertThat(form("consent", "yes").consent()).isTrue();
		assertThat(form("consent", "no").consent()).isFalse();
		assertThat(form().consent()).isFalse();
	}

	@Test
	void aChoiceOfBusinessSpaceIsAnIdOrNew() {
		UUID id = UUID.randomUUID();

		assertThat(space(id.toString()).requireExisting()).isEqualTo(id);
		assertThat(space("new").wantsNew()).isTrue();
		assertThatExceptionOfType(WrongForm.class).isThrownBy(() -> space("").requireExisting())
			.withMessageContaining("error.business-space.required");
		assertThatExceptionOfType(WrongForm.class).isThrownBy(() -> space("1").requireExisting())
			.withMessageContaining("error.business-space.not-yours");
	}

	@Test
	void anExampleOfAVatNumberIsOfTheChosenCountry() {
		assertThatExceptionOfType(InvalidBusinessSpace.class)
			.isThrownBy(() -> NewBusinessSpace.of("Acme", "FR", "?", null))
			.satisfies((invalid) -> assertThat(WrongForm.of(invalid, "FR").errors()).singleElement()
				.satisfies((error) -> assertThat(error.arguments()).containsExactly("FR12345678901")));
	}

	private static SpaceForm space(String id) {
		MultiValueMap<String, String> fields = new LinkedMultiValueMap<>();
		fields.add("businessSpaceId", id);
		return SpaceForm.of(fields);
	}

	private static ConfirmForm form(String... fields) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		for (int i = 0; i < fields.length; i += 2) {
			form.add(fields[i], fields[i + 1]);
		}
		return ConfirmForm.of(form);
	}

}
