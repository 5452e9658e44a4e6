package com.banqup.invitations.acceptance.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class UnbrokenRequestsTests {

	private final Sinks.One<String> work = Sinks.one();

	private final List<String> log = new ArrayList<>();

	@Test
	void finishesWhatACallerLeft() {
		Disposable caller = request(this.work.asMono()).subscribe();

		caller.dispose();
		this.work.tryEmitValue("done");

		assertThat(this.log).containsExactly("done");
	}

	@Test
	void logsWhatFailsThenWithoutWhatItSays(CapturedOutput output) {
		Disposable caller = request(this.work.asMono()).subscribe();

		caller.dispose();
		this.work.tryEmitError(new IllegalStateException("of /i/token", new ArithmeticException("of token")));

		assertThat(output.getAll().lines().filter((line) -> line.contains("caller had gone"))).singleElement()
			.asString()
			.contains("WARN", "GET", "IllegalStateException", "ArithmeticException");
		assertThat(output.getAll()).doesNotContain("token");
	}

	@Test
	void logsNothingOfAnAnswerThatFoundNobody(CapturedOutput output) {
		Disposable caller = request(this.work.asMono()).subscribe();

		caller.dispose();
		this.work.tryEmitError(new IOException("Broken pipe"));

		assertThat(output.getAll()).doesNotContain("caller had gone");
	}

	@Test
	void tellsTheCallerWhoStaysOfAFailure(CapturedOutput output) {
		StepVerifier.create(request(Mono.error(new IllegalStateException("told")))).verifyErrorMessage("told");
		assertThat(output.getAll()).doesNotContain("caller had gone");
	}

	@Test
	void passesTheContextOn() {
		request(Mono.deferContextual((context) -> Mono.just(context.<String>get("who"))))
			.contextWrite(Context.of("who", "ann"))
			.block();

		assertThat(this.log).containsExactly("ann");
	}

	private Mono<Void> request(Mono<String> work) {
		return new UnbrokenRequests().filter(MockServerWebExchange.from(MockServerHttpRequest.get("/")),
				(exchange) -> work.doOnNext(this.log::add).then());
	}

}
