package com.banqup.invitations.devstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetryTests {

	private final List<Duration> pauses = new ArrayList<>();

	private Instant now = Instant.EPOCH;

	private int attempts;

	private final Retry retry = new Retry(Duration.ofSeconds(10), () -> this.now, (pause) -> {
		this.pauses.add(pause);
		this.now = this.now.plus(pause);
	});

	@Test
	void asksAgainWithGrowingPausesUntilThereIsAnAnswer() {
		String answer = this.retry.call("asking", () -> answerAfter(4));

		assertThat(answer).isEqualTo("answer");
		assertThat(this.pauses).extracting(Duration::toMillis).containsExactly(200L, 400L, 800L, 1600L);
	}

	@Test
	void givesUpWhenTheTimeIsOverAndSaysWhy() {
		assertThatExceptionOfType(DemoException.class)
			.isThrownBy(() -> this.retry.call("asking", () -> answerAfter(99)))
			.withMessage("asking did not succeed within 10 s: away");
		assertThat(this.now).isBefore(Instant.EPOCH.plusSeconds(11));
	}

	@Test
	void doesNotRepeatWhatFailedForGood() {
		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> this.retry.call("asking", () -> {
			this.attempts++;
			throw new DemoException("refused");
		})).withMessage("refused");
		assertThat(this.attempts).isEqualTo(1);
	}

	private String answerAfter(int failures) {
		if (this.attempts++ < failures) {
			throw new TemporaryFailure("away");
		}
		return "answer";
	}

}
