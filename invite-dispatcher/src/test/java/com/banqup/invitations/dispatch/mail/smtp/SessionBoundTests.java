package com.banqup.invitations.dispatch.mail.smtp;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionBoundTests {

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

	private final SessionBound bound = new SessionBound(20, this.nanoTime::get);

	@Test
	void grantsAsManyAsConfigured() {
		assertThat(this.bound.getPermits(15)).isEqualTo(15);
		assertThat(this.bound.getPermits(15)).isEqualTo(5);
		assertThat(this.bound.getPermits(1)).isZero();

		this.bound.returnPermits(2);

		assertThat(this.bound.estimatePermitCount()).isEqualTo(2);
		assertThat(this.bound.permitGranted()).isEqualTo(18);
	}

	@Test
	void grantsNoneAboveWhatTheRelayAllowsAndGrowsBackStepByStep() {
		this.bound.getPermits(8);

		this.bound.lowerTo(8);

		assertThat(this.bound.getPermits(1)).isZero();
		step();
		assertThat(this.bound.estimatePermitCount()).isEqualTo(2);
		step();
		assertThat(this.bound.estimatePermitCount()).isEqualTo(4);
		for (int i = 0; i < 10; i++) {
			step();
		}
		assertThat(this.bound.estimatePermitCount()).isEqualTo(12);
	}

	@Test
	void alwaysLeavesOne() {
		this.bound.lowerTo(0);

		assertThat(this.bound.getPermits(1)).isOne();
	}

	private void step() {
		this.nanoTime.addAndGet(SessionBound.STEP.toNanos());
	}

}
