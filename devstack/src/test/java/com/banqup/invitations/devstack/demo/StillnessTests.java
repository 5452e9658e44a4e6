package com.banqup.invitations.devstack.demo;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StillnessTests {

	private Instant now = Instant.EPOCH;

	private final Stillness stillness = new Stillness(Duration.ofSeconds(60), () -> this.now);

	@Test
	void isPatientAsLongAsSomethingMoves() {
		for (int sent = 0; sent < 10; sent++) {
			this.stillness.check("mails sent", sent);
			this.now = this.now.plusSeconds(59);
		}

		assertThat(this.now).isAfter(Instant.EPOCH.plusSeconds(300));
	}

	@Test
	void givesUpWhenNothingMoves() {
		this.stillness.check("mails sent", 7);
		this.now = this.now.plusSeconds(61);

		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> this.stillness.check("mails sent", 7))
			.withMessage("mails sent: 7 for 60 s now");
	}

}
