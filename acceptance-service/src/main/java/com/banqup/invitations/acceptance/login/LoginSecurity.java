package com.banqup.invitations.acceptance.login;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.config.web.server.ServerHttpSecurity.OAuth2LoginSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClientException;

/** Puts the parts of signing in together. */
@Component
public class LoginSecurity {

	private final ProviderRegistrations registrations;

	private final LoginAttempts attempts;

	private final SignedInContexts contexts;

	private final LoginOutcome outcome;

	LoginSecurity(ProviderRegistrations registrations, LoginAttempts attempts, SignedInContexts contexts,
			LoginOutcome outcome) {
		this.registrations = registrations;
		this.attempts = attempts;
		this.contexts = contexts;
		this.outcome = outcome;
	}

	/** Where it is kept who is signed in. */
	public ServerSecurityContextRepository contexts() {
		return this.contexts;
	}

	/** Handles the identity provider's answers. */
	public void configure(OAuth2LoginSpec login) {
		login.clientRegistrationRepository(this.registrations)
			// Logins start on our pages only, each for an invitation.
			.authorizationRequestResolver(new NoLoginsByAddress())
			.authorizationRequestRepository(this.attempts)
			.authorizedClientRepository(new NoAuthorizedClients())
			.securityContextRepository(this.contexts)
			.authenticationSuccessHandler(this::succeeded)
			.authenticationFailureHandler(this::failed);
	}

	private Mono<Void> succeeded(WebFilterExchange exchange, Authentication authentication) {
		return Mono.justOrEmpty(LoginTarget.answeredBy(exchange.getExchange()))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("login: for nothing")))
			.flatMap((target) -> this.outcome.succeeded(exchange.getExchange(), target));
	}

	private Mono<Void> failed(WebFilterExchange exchange, AuthenticationException reason) {
		Optional<LoginTarget> target = LoginTarget.answeredBy(exchange.getExchange());
		return this.outcome.failed(exchange.getExchange(), target.orElse(null), unwrap(reason));
	}

	/** A provider that did not answer is another matter than one that said no. */
	private static RuntimeException unwrap(AuthenticationException reason) {
		for (Throwable cause = reason; cause != null; cause = next(cause)) {
			if (cause instanceof WebClientException) {
				return new ProviderUnavailable("identity provider: " + cause, cause);
			}
		}
		return reason;
	}

	private static @Nullable Throwable next(Throwable throwable) {
		return throwable.getCause();
	}

}
