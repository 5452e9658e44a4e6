package com.banqup.invitations.api.database;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Work that comes to its end although nobody waits for it. */
class UnbrokenTests {

	@Test
	void answersAsTheWorkDoes() {
		Unbroken.mono(Mono.just("done")).as(StepVerifier::create).expectNext("done").verifyComplete();
		Unbroken.mono(Mono.empty()).as(StepVerifier::create).verifyComplete();
		Unbroken.mono(Mono.error(new IllegalStateException("failed")))
			.as(StepVerifier::create)
			.verifyErrorSatisfies(
					(ex) -> assertThat(ex).isExactlyInstanceOf(IllegalStateException.class).hasMessage("failed"));
	}

	@Test
	void beginsOnlyWhenSomebodySubscribes() {
		TestPublisher<String> work = TestPublisher.create();

		Mono<String> unbroken = Unbroken.mono(work.mono());

		work.assertWasNotSubscribed();
		unbroken.subscribe();
		work.assertWasSubscribed();
	}

	@Test
	void goesOnWhenTheSubscriberWentAway() {
		TestPublisher<String> work = TestPublisher.create();
		AtomicReference<String> carriedOut = new AtomicReference<>();

		Unbroken.mono(work.mono().doOnNext(carriedOut::set)).subscribe().dispose();
		work.assertNotCancelled();
		work.emit("all of it");

		assertThat(carriedOut).hasValue("all of it");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void logsWhatTheWorkFailsWithOnlyWhenNobodyElseLearnsOfIt(CapturedOutput output) {
		TestPublisher<String> waitedFor = TestPublisher.create();
		TestPublisher<String> left = TestPublisher.create();
		Unbroken.mono(waitedFor.mono()).onErrorComplete().subscribe();
		Unbroken.mono(left.mono()).subscribe().dispose();

		waitedFor.error(new IllegalStateException("told the caller"));
		left.error(new IllegalStateException("nobody was there"));

		assertThat(output).contains("WARN", "nobody was there").doesNotContain("told the caller");
	}

	@Test
	void knowsTheContextOfTheSubscriber() {
		Unbroken.mono(Mono.deferContextual((context) -> Mono.just(context.<String>get("transaction"))))
			.contextWrite((context) -> context.put("transaction", "7"))
			.as(StepVerifier::create)
			.expectNext("7")
			.verifyComplete();
	}

}
