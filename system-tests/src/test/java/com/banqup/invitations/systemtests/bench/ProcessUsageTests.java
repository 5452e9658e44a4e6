package com.banqup.invitations.systemtests.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessUsageTests {

	private static final String STAT = "4711 (a (strange) name) S 1 4711 4711 0 -1 4194304 1 2 3 4 250 50 30 20 20 0 41 0 9000 1 2";

	@Test
	void sumsTheProcessesOwnTimeInAndOutsideTheKernel() {
		assertThat(ProcessUsage.ownTicks(STAT)).isEqualTo(300);
	}

	@Test
	void addsTheTimeOfChildrenThatHaveEnded() {
		assertThat(ProcessUsage.ticksWithEndedChildren(STAT)).isEqualTo(350);
	}

	@Test
	void countsNothingForAProcessThatIsGone() {
		assertThat(ProcessUsage.ownTicks("")).isZero();
		assertThat(ProcessUsage.peak("")).isZero();
	}

	@Test
	void leavesIdleTimeOutOfTheMachines() {
		assertThat(ProcessUsage.busyTicks("cpu  100 20 3 90000 800 7 5 0 0 0\ncpu0 1 1 1 1 1 1 1 0 0 0\n"))
			.isEqualTo(135);
	}

	@Test
	void readsThePeakInBytes() {
		assertThat(ProcessUsage.peak("Name:\tjava\nVmHWM:\t  2048 kB\nVmRSS:\t   100 kB\n")).isEqualTo(2 * 1024 * 1024);
	}

}
