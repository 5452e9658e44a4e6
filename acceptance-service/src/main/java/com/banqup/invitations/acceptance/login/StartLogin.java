package com.banqup.invitations.acceptance.login;

import java.net.URI;

import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends somebody to the identity provider. The provider learns a random state, a nonce
 * and a code challenge, and nothing of the invitation.
 */
@Component
public class StartLogin {

	private final ProviderRegistrations registrations;

	private final DefaultServerOAuth2AuthorizationRequestResolver requests;

	private final LoginAttempts attempts;

	StartLogin(ProviderRegistrations registrations, LoginAttempts attempts) {
		this.registrations = registrations;
		this.requests = new DefaultServerOAuth2AuthorizationRequestResolver(registrations);
		this.attempts = attempts;
	}

	/**
	 * Where to send the browser; the session then remembers what for. Errors:
	 * {@link ProviderUnavailable}.
	 * @param language the language that the provider is asked to speak
	 */
	public Mono<URI> start(ServerWebExchange exchange, LoginTarget target, Whom whom, InviteeLanguage language) {
		return Mono
			.zip(this.registrations.findByRegistrationId(ProviderRegistrations.REGISTRATION_ID),
					this.requests.resolve(exchange, ProviderRegistrations.REGISTRATION_ID))
			.map((found) -> request(found.getT2(), target, prompt(whom, found.getT1()), language))
			.flatMap((request) -> this.attempts.saveAuthorizationRequest(request, exchange)
				.thenReturn(URI.create(request.getAuthorizationRequestUri())));
	}

	private @Nullable String prompt(Whom whom, ClientRegistration registration) {
		return switch (whom) {
			case ANYBODY -> null;
			case SOMEBODY_NEW -> this.registrations.promptsForRegistration(registration) ? "create" : null;
			case SOMEBODY_ELSE -> "login";
		};
	}

	private static OAuth2AuthorizationRequest request(OAuth2AuthorizationRequest request, LoginTarget target,
			@Nullable String prompt, InviteeLanguage language) {
		return OAuth2AuthorizationRequest.from(request)
			.attributes((attributes) -> attributes.put(LoginAttempt.TARGET, target))
			.additionalParameters((parameters) -> {
				parameters.put("ui_locales", language.code());
				if (prompt != null) {
					parameters.put("prompt", prompt);
				}
			})
			.build();
	}

	/** Who is expected to sign in. */
	public enum Whom {

		/** Whoever has an account; the provider may know them already. */
		ANYBODY,

		/** Somebody without an account. */
		SOMEBODY_NEW,

		/** Not who the provider may know already: it asks again. */
		SOMEBODY_ELSE

	}

}
