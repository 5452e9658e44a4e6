package com.banqup.invitations.acceptance.login;

import com.banqup.invitations.acceptance.session.SessionCookie;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * Keeps who is signed in, and nothing of what the provider told or issued. The session
 * gets a new id whenever somebody signs in.
 */
@Component
class SignedInContexts implements ServerSecurityContextRepository {

	/** Name of the session's attribute. */
	static final String ATTRIBUTE = "signed-in";

	private final SessionCookie cookie;

	SignedInContexts(SessionCookie cookie) {
		this.cookie = cookie;
	}

	@Override
	public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
		if (context == null || context.getAuthentication() == null) {
			return exchange.getSession().flatMap(WebSession::invalidate);
		}
		if (!(context.getAuthentication().getPrincipal() instanceof AccountUser user)) {
			return Mono.error(new IllegalStateException("authentication: not by the identity provider"));
		}
		return exchange.getSession().flatMap((session) -> signIn(session, user.signedIn()));
	}

	private static Mono<Void> signIn(WebSession session, SignedIn signedIn) {
		return Mono.defer(() -> {
			session.getAttributes().put(ATTRIBUTE, signedIn);
			return session.changeSessionId();
		});
	}

	@Override
	public Mono<SecurityContext> load(ServerWebExchange exchange) {
		if (!this.cookie.isIn(exchange.getRequest())) {
			return Mono.empty();
		}
		return exchange.getSession()
			.mapNotNull((session) -> session.<SignedIn>getAttribute(ATTRIBUTE))
			.map((signedIn) -> new SecurityContextImpl(new SignedInAuthentication(signedIn)));
	}

}
