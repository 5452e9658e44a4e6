package com.banqup.invitations.api.rate.web;

import com.banqup.invitations.api.access.GrantedAccess;
import com.banqup.invitations.api.problem.Problem;
import com.banqup.invitations.api.problem.ProblemWriter;
import com.banqup.invitations.api.rate.RequestRates;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers requests that come too fast before anything is read or done for them. Runs
 * after Spring Security (-100) and looks only at what has been let into a Partner Space,
 * so that nobody can use up what is another's.
 */
@Component
@Order(0)
class RequestRateFilter implements WebFilter {

	private final RequestRates rates;

	private final ProblemWriter writer;

	RequestRateFilter(RequestRates rates, ProblemWriter writer) {
		this.rates = rates;
		this.writer = writer;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		GrantedAccess access = exchange.getAttribute(GrantedAccess.ATTRIBUTE);
		return (access == null || this.rates.admit(access)) ? chain.filter(exchange) : refuse(exchange);
	}

	/** A second brings at least one request, whatever the rate. */
	private Mono<Void> refuse(ServerWebExchange exchange) {
		exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
		return this.writer.write(exchange, tooMany());
	}

	private static ProblemDetail tooMany() {
		return Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-requests", "Too many requests",
				"Your Partner Space sends requests faster than it may. Nothing was done; try again.");
	}

}
