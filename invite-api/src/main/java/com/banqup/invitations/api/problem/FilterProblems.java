package com.banqup.invitations.api.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers whatever no advice knows: failures in filters, and those that nobody expected,
 * whose details are in the log only.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FilterProblems implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(FilterProblems.class);

	private final ProblemWriter writer;

	FilterProblems(ProblemWriter writer) {
		this.writer = writer;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		if (exchange.getResponse().isCommitted()) {
			return Mono.error(ex);
		}
		ProblemDetail problem = problem(ex);
		if (problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
			exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, StorageProblems.RETRY_AFTER_SECONDS);
		}
		return this.writer.write(exchange, problem);
	}

	private static ProblemDetail problem(Throwable ex) {
		if (ex instanceof AuthenticationServiceException) {
			log.warn("Tokens cannot be checked: {}", NestedExceptionUtils.getMostSpecificCause(ex).toString());
			return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "identity-provider-unavailable",
					"Identity provider unavailable", "Tokens cannot be checked at the moment. Try again.");
		}
		if (ex instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
			return RequestProblems.ofStatus(response.getStatusCode());
		}
		if (DisconnectedClientHelper.isClientDisconnectedException(ex)) {
			log.debug("Request broke off: {}", ex.toString());
			return RequestProblems.ofStatus(HttpStatus.BAD_REQUEST);
		}
		log.error("Request failed", ex);
		return RequestProblems.ofStatus(HttpStatus.INTERNAL_SERVER_ERROR);
	}

}
