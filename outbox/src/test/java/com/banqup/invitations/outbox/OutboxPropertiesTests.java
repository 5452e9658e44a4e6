package com.banqup.invitations.outbox;

import java.time.Duration;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboxPropertiesTests {

	private final OutboxProperties.Backoff backoff = new OutboxProperties.Backoff(Duration.ofMillis(100),
			Duration.ofSeconds(10));

	@RepeatedTest(20)
	void pausesTwiceAsLongAfterEachFailureWithJitter() {
		assertThat(this.backoff.pause(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
		assertThat(this.backoff.pause(3)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
	}

	@RepeatedTest(20)
	void neverPausesLongerThanTheLongestPause() {
		assertThat(this.backoff.pause(7)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
		assertThat(this.backoff.pause(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
	}

	@Test
	void refusesDurationsThatAreNotPositive() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> RelayFixture.properties("poll-interval=0s"))
			.havingRootCause()
			.withMessage("outbox.poll-interval: PT0S (expected: more than 0)");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> RelayFixture.properties("startup-timeout=0s"))
			.havingRootCause()
			.withMessage("outbox.startup-timeout: PT0S (expected: more than 0)");
	}

	@Test
	void gathersForNoLongerThanThePollInterval() {
		assertThat(RelayFixture.properties("gather-time=0s").gatherTime()).isZero();
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> RelayFixture.properties("gather-time=2s", "poll-interval=1s"))
			.havingRootCause()
			.withMessage("outbox.gather-time: PT2S (expected: 0 .. outbox.poll-interval, PT1S)");
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> RelayFixture.properties("gather-time=-1s"))
			.havingRootCause()
			.withMessage("outbox.gather-time: PT-1S (expected: 0 .. outbox.poll-interval, PT0.5S)");
	}

}
