package com.banqup.invitations.api.access.web;

import com.banqup.invitations.api.problem.Problem;
import com.banqup.invitations.api.problem.ProblemWriter;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Answers requests that are refused before they reach a controller. */
@Component
class AccessProblems implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {

	private final ProblemWriter writer;

	AccessProblems(ProblemWriter writer) {
		this.writer = writer;
	}

	@Override
	public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException ex) {
		boolean invalid = ex instanceof InvalidBearerTokenException;
		exchange.getResponse()
			.getHeaders()
			.set(HttpHeaders.WWW_AUTHENTICATE, invalid ? "Bearer error=\"invalid_token\"" : "Bearer");
		return this.writer.write(exchange,
				invalid ? problem(HttpStatus.UNAUTHORIZED, "invalid-token", "Token not valid",
						"The bearer token is malformed, expired or not from the expected issuer.")
						: problem(HttpStatus.UNAUTHORIZED, "token-required", "Token required",
								"Send a bearer token in the Authorization header."));
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException denied) {
		return this.writer.write(exchange,
				(denied instanceof PartnerSpaceHidden)
						? problem(HttpStatus.NOT_FOUND, "partner-space-not-found", "Partner Space not found",
								"There is no such Partner Space.")
						: problem(HttpStatus.FORBIDDEN, "role-not-sufficient", "Role not sufficient",
								"Your role in this Partner Space does not allow this."));
	}

	private static ProblemDetail problem(HttpStatus status, String name, String title, String detail) {
		return Problem.of(status, name, title, detail);
	}

}
