package com.banqup.invitations.acceptance.login;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;

/** What the browser gets to see when it comes back from the identity provider. */
public interface LoginOutcome {

	/** Somebody signed in, for this. */
	Mono<Void> succeeded(ServerWebExchange exchange, LoginTarget target);

	/**
	 * Nobody signed in.
	 * @param target what it was for, null when that is not known
	 */
	Mono<Void> failed(ServerWebExchange exchange, @Nullable LoginTarget target, RuntimeException reason);

}
