package com.banqup.invitations.dispatch.mail;

import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.link.LinkKeys;
import com.banqup.invitations.link.LinkToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InvitationLinksTests {

	private static final UUID INVITATION = UUID.fromString("0199c0de-0000-7000-8000-00000000cafe");

	private static final Map<Integer, String> KEYS = Map.of(1,
			Base64.getEncoder().encodeToString("a".repeat(32).getBytes()));

	@ParameterizedTest
	@ValueSource(strings = { "https://onboarding.example/app", "https://onboarding.example/app/" })
	void makesLinksThatTheKeysRecognise(String baseUrl) {
		URI link = links(baseUrl, 1).linkFor(INVITATION, 2);

		assertThat(link).hasScheme("https").hasHost("onboarding.example");
		assertThat(link.getPath()).startsWith("/app/i/");
		assertThat(LinkKeys.of(1, KEYS).recognise(link.getPath().substring("/app/i/".length())))
			.contains(new LinkToken(INVITATION, 2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "onboarding.example", "mailto:a@example.com", "https:///path", "https://a.example/?q=1",
			"https://a.example/#top", "https://user@a.example/", "ftp://a.example/" })
	void namesAnAddressThatIsNoBase(String baseUrl) {
		assertThatIllegalArgumentException().isThrownBy(() -> links(baseUrl, 1))
			.withMessageStartingWith("invitation-links.base-url: " + baseUrl);
	}

	@Test
	void namesTheMissingKeyAndShowsNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> links("https://a.example", 2))
			.withMessage("invitation-links.keys: current link key: 2 (expected one of: [1])");
	}

	@Test
	void keepsKeysOutOfItsText() {
		assertThat(properties("https://a.example", 1).toString()).doesNotContain(KEYS.get(1));
	}

	private static InvitationLinks links(String baseUrl, int currentKey) {
		return new InvitationLinks(properties(baseUrl, currentKey));
	}

	private static InvitationLinksProperties properties(String baseUrl, int currentKey) {
		return new InvitationLinksProperties(URI.create(baseUrl), currentKey, KEYS);
	}

}
