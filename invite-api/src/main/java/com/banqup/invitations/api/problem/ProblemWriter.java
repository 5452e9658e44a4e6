package com.banqup.invitations.api.problem;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Writes problems where no controller is involved. */
@Component
public class ProblemWriter {

	private final JsonMapper json;

	public ProblemWriter(JsonMapper json) {
		this.json = json;
	}

	/** Answers the exchange with the problem. */
	public Mono<Void> write(ServerWebExchange exchange, ProblemDetail problem) {
		return Mono.defer(() -> {
			ServerHttpResponse response = exchange.getResponse();
			response.setRawStatusCode(problem.getStatus());
			response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
			DataBuffer body = response.bufferFactory().wrap(this.json.writeValueAsBytes(problem));
			return response.writeWith(Mono.just(body));
		});
	}

}
