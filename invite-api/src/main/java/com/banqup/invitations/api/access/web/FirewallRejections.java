package com.banqup.invitations.api.access.web;

import java.util.List;

import com.banqup.invitations.api.problem.Problem;
import com.banqup.invitations.api.problem.ProblemWriter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers what the firewall lets through to no chain, with the headers of the chain that
 * would have taken it.
 */
@Component
class FirewallRejections implements ServerExchangeRejectedHandler {

	private final List<SecurityWebFilterChain> chains;

	private final ProblemWriter writer;

	FirewallRejections(List<SecurityWebFilterChain> chains, ProblemWriter writer) {
		this.chains = List.copyOf(chains);
		this.writer = writer;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException rejected) {
		return Flux.fromIterable(this.chains)
			.filterWhen((chain) -> chain.matches(exchange))
			.next()
			.flatMapMany(SecurityWebFilterChain::getWebFilters)
			.ofType(HttpHeaderWriterWebFilter.class)
			.concatMap((headers) -> headers.filter(exchange, (answered) -> Mono.empty()))
			.then(Mono.defer(() -> this.writer.write(exchange, malformed())));
	}

	private static ProblemDetail malformed() {
		return Problem.of(HttpStatus.BAD_REQUEST, "malformed-request", "Malformed request",
				"The path, the method or a header contains what is not allowed there.");
	}

}
