package com.banqup.invitations.acceptance.login;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.acceptance.session.SessionCookie;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * The logins that a session has under way: a few at once, each found by its state, each
 * good for one answer of the provider and for a limited time.
 */
@Component
class LoginAttempts implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	/** Begins the names of the session's attributes. */
	static final String PREFIX = "login.";

	private static final int LIMIT = 8;

	private final SessionCookie cookie;

	private final LoginProperties properties;

	private final Clock clock;

	LoginAttempts(SessionCookie cookie, LoginProperties properties, Clock clock) {
		this.cookie = cookie;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Mono<Void> saveAuthorizationRequest(OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
		return exchange.getSession().flatMap((session) -> Mono.fromRunnable(() -> remember(session, request)));
	}

	private void remember(WebSession session, OAuth2AuthorizationRequest request) {
		Map<String, Object> attributes = session.getAttributes();
		List<String> newestFirst = attributes.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() instanceof LoginAttempt)
			.sorted(Comparator
				.comparing((Map.Entry<String, Object> entry) -> ((LoginAttempt) entry.getValue()).startedAt())
				.reversed())
			.map(Map.Entry::getKey)
			.toList();
		newestFirst.stream().skip(LIMIT - 1L).forEach(attributes::remove);
		attributes.put(PREFIX + request.getState(), LoginAttempt.of(request, this.clock.instant()));
	}

	@Override
	public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
		return find(exchange).filter((found) -> !found.attempt().isUsed())
			.map((found) -> found.attempt().request(found.state()));
	}

	/**
	 * The request that the provider answers, once. What it was for is kept, so that who
	 * reloads the answer can be sent to where they were going.
	 */
	@Override
	public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
		return find(exchange).flatMap((found) -> Mono.fromSupplier(() -> use(found, exchange)));
	}

	/** The request, null when it was answered before. */
	private static @Nullable OAuth2AuthorizationRequest use(Found found, ServerWebExchange exchange) {
		found.attempt().target().isAnsweredBy(exchange);
		if (found.attempt().isUsed()) {
			return null;
		}
		found.session().getAttributes().put(PREFIX + found.state(), found.attempt().used());
		return found.attempt().request(found.state());
	}

	private Mono<Found> find(ServerWebExchange exchange) {
		String state = exchange.getRequest().getQueryParams().getFirst(OAuth2ParameterNames.STATE);
		if (state == null || !this.cookie.isIn(exchange.getRequest())) {
			return Mono.empty();
		}
		Instant oldest = this.clock.instant().minus(this.properties.attemptTimeout());
		return exchange.getSession()
			.mapNotNull((session) -> found(session, state))
			.filter((found) -> found.attempt().startedAt().isAfter(oldest));
	}

	private static @Nullable Found found(WebSession session, String state) {
		LoginAttempt attempt = session.getAttribute(PREFIX + state);
		return (attempt != null) ? new Found(session, state, attempt) : null;
	}

	private record Found(WebSession session, String state, LoginAttempt attempt) {
	}

}
