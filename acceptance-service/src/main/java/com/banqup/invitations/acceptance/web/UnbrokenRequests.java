package com.banqup.invitations.acceptance.web;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Brings requests to their end although their callers went away. What is cancelled while
 * a statement's parameters are written leaves the driver's buffers behind, which are
 * never given back (r2dbc-postgresql 1.1.1), and callers go away whenever they like.
 * Statements and the identity provider have limits of time, so that none goes on for
 * ever. What a request fails with after its caller went away is logged, by its type only:
 * messages can hold the path, and the path the token.
 */
@Component
class UnbrokenRequests implements WebFilter, Ordered {

	private static final Logger log = LoggerFactory.getLogger(UnbrokenRequests.class);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.deferContextual((context) -> {
			AtomicBoolean abandoned = new AtomicBoolean();
			return chain.filter(exchange)
				.contextWrite(context)
				.doOnError(
						(failure) -> abandoned.get()
								&& !DisconnectedClientHelper.isClientDisconnectedException(failure),
						(failure) -> log(exchange, failure))
				.cache()
				.doOnCancel(() -> abandoned.set(true));
		});
	}

	private static void log(ServerWebExchange exchange, Throwable failure) {
		log.warn("{} failed when its caller had gone: {}, by {}", exchange.getRequest().getMethod(),
				failure.getClass().getName(), NestedExceptionUtils.getMostSpecificCause(failure).getClass().getName());
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 10;
	}

}
