package com.banqup.invitations.acceptance.web;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Turns what goes wrong for programs and reaches no controller advice (security, routing)
 * into problems. It has to be the outermost filter: see {@link FailureAnswers}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class FilterProblems implements WebFilter {

	private final ApiProblems problems;

	private final FailureAnswers answers;

	private final JsonMapper json;

	FilterProblems(ApiProblems problems, FailureAnswers answers, JsonMapper json) {
		this.problems = problems;
		this.answers = answers;
		this.json = json;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> answer = chain.filter(exchange);
		return Audience.isProgram(exchange.getRequest()) ? answer.onErrorResume((failure) -> answer(exchange, failure))
				: answer;
	}

	private Mono<Void> answer(ServerWebExchange exchange, Throwable failure) {
		return this.answers.answer(exchange, failure, () -> this.problems.problem(failure),
				(problem) -> write(exchange.getResponse(), problem));
	}

	/** Writes a problem as the whole response. */
	Mono<Void> write(ServerHttpResponse response, ResponseEntity<ProblemDetail> problem) {
		response.setStatusCode(problem.getStatusCode());
		problem.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
		return response.writeWith(
				Mono.fromCallable(() -> response.bufferFactory().wrap(this.json.writeValueAsBytes(problem.getBody()))));
	}

}
