package com.banqup.invitations.acceptance.web;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Brings requests to their end although their callers went away. What is cancelled while
 * a statement's parameters are written leaves the driver's buffers behind, which are
 * never given back (r2dbc-postgresql 1.1.1), and callers go away whenever they like.
 * Statements and the identity provider have limits of time, so that none goes on for
 * ever. What a request fails with after its caller went away, nobody learns.
 */
@Component
class UnbrokenRequests implements WebFilter, Ordered {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.deferContextual((context) -> chain.filter(exchange).contextWrite(context).cache());
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 10;
	}

}
