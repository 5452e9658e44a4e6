package com.banqup.invitations.acceptance.web;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.login.ProviderUnavailable;
import com.banqup.invitations.acceptance.session.SessionExpired;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ApiProblemsTests {

	private final ApiProblems problems = new ApiProblems();

	@ParameterizedTest
	@MethodSource
	void everyFailureHasItsType(Throwable failure, int status, String type) {
		ResponseEntity<ProblemDetail> problem = this.problems.problem(failure);

		assertThat(problem.getStatusCode().value()).isEqualTo(status);
		assertThat(Objects.requireNonNull(problem.getBody()).getType())
			.hasToString("https://banqup.example/problems/" + type);
		assertThat(problem.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
	}

	static Stream<Arguments> everyFailureHasItsType() {
		return Stream.of(arguments(new ResponseStatusException(HttpStatus.NOT_FOUND), 404, "not-found"),
				arguments(new ResponseStatusException(HttpStatus.FORBIDDEN), 403, "forbidden"),
				arguments(new ServerWebInputException("form"), 400, "malformed-request"),
				arguments(new ResponseStatusException(HttpStatus.BAD_REQUEST), 400, "malformed-request"),
				arguments(new ServerExchangeRejectedException("a path"), 400, "malformed-request"),
				arguments(new NotAcceptableStatusException(List.of()), 406, "not-acceptable"),
				arguments(new DataBufferLimitException("form"), 413, "request-too-large"),
				arguments(new SessionExpired(), 409, "session-ended"),
				arguments(new ProviderUnavailable("no answer", null), 503, "identity-provider-unavailable"),
				arguments(new WebClientResponseException(502, "Bad Gateway", null, null, null), 503,
						"identity-provider-unavailable"),
				arguments(new IllegalStateException(new ProviderUnavailable("no answer", null)), 503,
						"identity-provider-unavailable"),
				arguments(
						new IllegalStateException(new WebClientResponseException(502, "Bad Gateway", null, null, null)),
						503, "identity-provider-unavailable"),
				arguments(new QueryTimeoutException("too slow"), 503, "service-unavailable"),
				arguments(new AuthenticationServiceException("no account", new QueryTimeoutException("too slow")), 503,
						"service-unavailable"),
				arguments(new ServerWebInputException("body", null, new DataBufferLimitException("body")), 413,
						"request-too-large"),
				arguments(new ResponseStatusException(HttpStatus.BAD_GATEWAY), 500, "internal-error"),
				arguments(new IllegalStateException("a defect"), 500, "internal-error"));
	}

	@Test
	void aMethodThatIsNotTakenComesWithThoseThatAre() {
		ResponseEntity<ProblemDetail> problem = this.problems
			.problem(new MethodNotAllowedException("PUT", List.of(HttpMethod.GET)));

		assertThat(problem.getStatusCode()).isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
		assertThat(problem.getHeaders().getAllow()).containsExactly(HttpMethod.GET);
	}

}
