package com.banqup.invitations.devstack.launcher;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTests {

	private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

	@Test
	void doublesUpToTheLongestWait() {
		assertThat(this.backoff.delay(1)).hasSeconds(1);
		assertThat(this.backoff.delay(2)).hasSeconds(2);
		assertThat(this.backoff.delay(5)).hasSeconds(16);
		assertThat(this.backoff.delay(6)).hasSeconds(30);
		assertThat(this.backoff.delay(Integer.MAX_VALUE)).hasSeconds(30);
	}

	@Test
	void aServiceThatWasHealthyStartsANewRow() {
		assertThat(this.backoff.deathsInARow(4, Duration.ofSeconds(59))).isEqualTo(5);
		assertThat(this.backoff.deathsInARow(4, Duration.ofSeconds(60))).isEqualTo(1);
	}

}
