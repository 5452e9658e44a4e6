package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

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
		assertThat(form().isFor(account, space)).isTrue();
		assertThat(form("account", UUID.randomUUID().toString()).isFor(account, space)).isFalse();
		assertThat(form("businessSpaceId", UUID.randomUUID().toString()).isFor(account, space)).isFalse();
	}

	@Test
	void aConfirmationNamesTheWordsThatWereShown() {
		String current = ConsentTexts.CURRENT_VERSION;

		assertThat(form().given(InviteeLanguage.DUTCH)).hasValueSatisfying((given) -> {
			assertThat(given.language()).isEqualTo(InviteeLanguage.DUTCH);
			assertThat(given.textVersion()).isEqualTo(current);
		});
		assertThat(form("consentText", "fr:2020-01").given(InviteeLanguage.DUTCH)).hasValueSatisfying((given) -> {
			assertThat(given.language()).isEqualTo(InviteeLanguage.FRENCH);
			assertThat(given.textVersion()).isEqualTo("2020-01");
		});
		assertThat(form("consentText", "xx:" + current).given(InviteeLanguage.DUTCH)).isEmpty();
		assertThat(form("consentText", "nonsense").given(InviteeLanguage.DUTCH)).isEmpty();
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
