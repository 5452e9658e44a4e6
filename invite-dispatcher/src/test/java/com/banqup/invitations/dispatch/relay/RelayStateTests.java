package com.banqup.invitations.dispatch.relay;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class RelayStateTests {

	private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

	private final RelayState relay = new RelayState(this.now::get);

	@Test
	void knowsNothingBadAtTheStart() {
		assertThat(this.relay.outage()).isEmpty();
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void remembersSinceWhenItIsDownAndTheLatestReason() {
		this.relay.unavailable("connection-refused");
		this.now.set(NOW.plusSeconds(30));
		this.relay.unavailable("login-failed");

		assertThat(this.relay.outage()).contains(new RelayState.Outage(NOW, "login-failed", NOW.plusSeconds(30)));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(health().getDetails()).containsEntry("reason", "login-failed").containsEntry("since", NOW);
	}

	@Test
	void isUpAgainWithTheFirstAnswer() {
		this.relay.unavailable("connection-refused");

		this.relay.answered();

		assertThat(this.relay.outage()).isEmpty();
	}

	private Health health() {
		return new RelayHealthIndicator(this.relay).health();
	}

}
