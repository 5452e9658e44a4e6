package com.banqup.invitations.acceptance.web;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * What the firewall lets through to no chain fails like what they refuse, and its answer
 * has the headers of the chain that would have taken it.
 */
@Component
class FirewallRejections implements ServerExchangeRejectedHandler {

	private final List<SecurityWebFilterChain> chains;

	FirewallRejections(List<SecurityWebFilterChain> chains) {
		this.chains = List.copyOf(chains);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException rejected) {
		return Flux.fromIterable(this.chains)
			.filterWhen((chain) -> chain.matches(exchange))
			.next()
			.flatMapMany(SecurityWebFilterChain::getWebFilters)
			.ofType(HttpHeaderWriterWebFilter.class)
			.concatMap((headers) -> headers.filter(exchange, (answered) -> Mono.empty()))
			.then(Mono.error(rejected));
	}

}
