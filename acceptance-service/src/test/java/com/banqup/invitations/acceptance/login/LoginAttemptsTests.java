package com.banqup.invitations.acceptance.login;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.session.SessionCookie;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.mock.web.server.MockWebSession;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoginAttemptsTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final LoginTarget target = new LoginTarget(new LinkToken(UUID.randomUUID(), 3), InviteeLanguage.GERMAN);

	private final MockWebSession session = new MockWebSession();

	@Test
	void anAnswerFindsItsRequestAndWhatItWasFor() {
		save("one", this.target, NOW);
		ServerWebExchange answer = answer("one");

		OAuth2AuthorizationRequest request = Objects.requireNonNull(at(NOW).removeAuthorizationRequest(answer).block());

		assertThat(request.getState()).isEqualTo("one");
		assertThat(request.getRedirectUri()).isEqualTo("https://pages.example/login/oauth2/code/banqup");
		assertThat(request.<String>getAttribute(OidcParameterNames.NONCE)).isEqualTo("nonce-one");
		assertThat(request.<String>getAttribute(PkceParameterNames.CODE_VERIFIER)).isEqualTo("verifier-one");
		assertThat(LoginTarget.answeredBy(answer)).contains(this.target);
	}

	@Test
	void aSecondAnswerIsNoneButStillKnowsWhatItWasFor() {
		save("one", this.target, NOW);
		at(NOW).removeAuthorizationRequest(answer("one")).block();
		ServerWebExchange second = answer("one");

		assertThat(at(NOW).removeAuthorizationRequest(second).block()).isNull();
		assertThat(at(NOW).loadAuthorizationRequest(second).block()).isNull();
		assertThat(LoginTarget.answeredBy(second)).contains(this.target);
	}

	@Test
	void eachTabHasItsOwn() {
		LoginTarget other = new LoginTarget(new LinkToken(UUID.randomUUID(), 1), null);
		save("one", this.target, NOW);
		save("two", other, NOW);
		ServerWebExchange two = answer("two");
		ServerWebExchange one = answer("one");

		at(NOW).removeAuthorizationRequest(two).block();
		at(NOW).removeAuthorizationRequest(one).block();

		assertThat(LoginTarget.answeredBy(two)).contains(other);
		assertThat(LoginTarget.answeredBy(one)).contains(this.target);
	}

	@Test
	void anAnswerAfterTheTimeLimitOrWithAnotherStateFindsNothing() {
		save("one", this.target, NOW);

		assertThat(at(NOW.plus(Duration.ofMinutes(30))).removeAuthorizationRequest(answer("one")).block()).isNull();
		assertThat(at(NOW).removeAuthorizationRequest(answer("two")).block()).isNull();
		assertThat(LoginTarget.answeredBy(answer("one"))).isEmpty();
	}

	@Test
	void onlyTheNewestFewAreKept() {
		for (int i = 0; i < 12; i++) {
			save("state-" + i, this.target, NOW.plusSeconds(i));
		}

		assertThat(this.session.getAttributes().keySet()).hasSize(8)
			.contains("login.state-11", "login.state-4")
			.doesNotContain("login.state-3");
	}

	@Test
	void theLinkItselfIsNotKept() {
		save("one", this.target, NOW);

		assertThat(List.copyOf(this.session.getAttributes().values())).singleElement()
			.isInstanceOfSatisfying(LoginAttempt.class,
					(attempt) -> assertThat(attempt.invitationId()).isEqualTo(this.target.link().invitationId()));
	}

	@Test
	void aLoginForNothingIsRefused() {
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://id.example/authorize")
			.clientId("pages")
			.build();

		assertThatIllegalArgumentException().isThrownBy(() -> LoginAttempt.of(request, NOW));
	}

	private void save(String state, LoginTarget target, Instant now) {
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://id.example/authorize")
			.clientId("pages")
			.redirectUri("https://pages.example/login/oauth2/code/banqup")
			.state(state)
			.attributes((attributes) -> {
				attributes.put(LoginAttempt.TARGET, target);
				attributes.put(OidcParameterNames.NONCE, "nonce-" + state);
				attributes.put(PkceParameterNames.CODE_VERIFIER, "verifier-" + state);
			})
			.build();
		at(now).saveAuthorizationRequest(request, answer("none")).block();
	}

	private ServerWebExchange answer(String state) {
		return MockServerWebExchange
			.builder(MockServerHttpRequest.get("/login/oauth2/code/banqup?code=c&state=" + state)
				.cookie(new HttpCookie("SESSION", "id")))
			.session(this.session)
			.build();
	}

	private static LoginAttempts at(Instant now) {
		LoginProperties properties = new LoginProperties(Duration.ofMinutes(30), Duration.ofSeconds(2),
				Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(10),
				LoginProperties.RegistrationPrompt.AUTO, List.<URI>of());
		return new LoginAttempts(new SessionCookie("SESSION"), properties, Clock.fixed(now, ZoneOffset.UTC));
	}

}
