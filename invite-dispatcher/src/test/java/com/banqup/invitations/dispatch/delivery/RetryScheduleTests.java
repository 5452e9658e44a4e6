package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryScheduleTests {

	private static final RetryProperties.LaneProperties BUDGET = new RetryProperties.LaneProperties(10, 2);

	@Test
	void followsTheDelaysAndThenGivesUp() {
		RetrySchedule schedule = new RetrySchedule(properties(0.2), () -> 0.5);

		assertThat(schedule.nextAttempt(1, NOW)).contains(NOW.plusSeconds(60));
		assertThat(schedule.nextAttempt(2, NOW)).contains(NOW.plusSeconds(300));
		assertThat(schedule.nextAttempt(3, NOW)).isEmpty();
	}

	@Test
	void variesByTheJitterInBothDirections() {
		assertThat(new RetrySchedule(properties(0.2), () -> 0).nextAttempt(1, NOW)).contains(NOW.plusSeconds(48));
		assertThat(new RetrySchedule(properties(0.2), () -> 1).nextAttempt(1, NOW)).contains(NOW.plusSeconds(72));
	}

	@Test
	void refusesADelayOfNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RetryProperties(List.of(Duration.ZERO), 0, Duration.ofSeconds(1), BUDGET, BUDGET))
			.withMessage("dispatch.retry.delays: PT0S (expected: more than nothing)");
	}

	private static RetryProperties properties(double jitter) {
		return new RetryProperties(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)), jitter, Duration.ofSeconds(1),
				BUDGET, BUDGET);
	}

}
