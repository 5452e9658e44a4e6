package com.banqup.invitations.api.query.web;

import java.util.List;

import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.config.DelegatingWebFluxConfiguration;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static java.util.Objects.requireNonNull;

class StrictQueryMappingTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(WebFlux.class,
			SampleController.class, SampleProblems.class);

	private final WebTestClient http = WebTestClient.bindToApplicationContext(this.context).build();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void letsThroughWhatTheOperationKnows() {
		send("/v1/mails?id=7&dryRun=true").isOk().expectBody(String.class).isEqualTo("7 true");
		send("/v1/mails?id=7").isOk().expectBody(String.class).isEqualTo("7 false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dryrun=true", "dry_run=true", "dryRun", "dryRun=", "dryRun=TRUE", "dryRun=1",
			"dryRun=false&dryRun=true" })
	void doesNothingIfTheQueryHasWhatTheOperationDoesNotTake(String parameter) {
		send("/v1/mails?id=7&" + parameter).isBadRequest()
			.expectBody(String.class)
			.isEqualTo(parameter.replaceFirst("=.*", ""));

		assertThat(this.context.getBean(SampleController.class).sent).isZero();
	}

	@Test
	void asksAgainOfTheSameOperationWithoutForgetting() {
		send("/v1/mails").isBadRequest().expectBody(String.class).isEqualTo("id");
		send("/v1/mails?id=7").isOk();
		send("/v1/mails?id=7&x=1").isBadRequest().expectBody(String.class).isEqualTo("x");
	}

	@Test
	void answersEventStreamsAndHeadRequestsLikewise() {
		this.http.get()
			.uri("/v1/events?x=1")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isBadRequest();
		this.http.head().uri("/v1/events?x=1").exchange().expectStatus().isBadRequest();
	}

	@Test
	void leavesOtherRoutesAlone() {
		this.http.get().uri("/description?x=1").exchange().expectStatus().isOk();
	}

	private StatusAssertions send(String uri) {
		return this.http.post().uri(uri).exchange().expectStatus();
	}

	/** As Spring Boot does it. */
	@Configuration(proxyBeanMethods = false)
	static class WebFlux extends DelegatingWebFluxConfiguration {

		private final WebFluxRegistrations registrations = new StrictQueryConfiguration().strictQueries();

		@Override
		protected RequestMappingHandlerMapping createRequestMappingHandlerMapping() {
			return requireNonNull(this.registrations.getRequestMappingHandlerMapping());
		}

	}

	@RestController
	static class SampleController {

		private int sent;

		@PostMapping("/v1/mails")
		String send(@RequestParam int id, @RequestParam(defaultValue = "false") boolean dryRun) {
			this.sent++;
			return id + " " + dryRun;
		}

		@GetMapping(path = "/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		String events(@RequestParam(required = false) @Nullable String after) {
			return "";
		}

		@GetMapping("/description")
		String describe() {
			return "";
		}

	}

	@RestControllerAdvice
	static class SampleProblems {

		@ExceptionHandler
		@ResponseStatus(HttpStatus.BAD_REQUEST)
		String handle(InvalidBody ex) {
			List<String> fields = ex.errors().stream().map(FieldError::field).toList();
			return String.join(",", fields);
		}

	}

}
