package com.banqup.invitations.devstack.launcher;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortPlanTests {

	@Test
	void aBaseMovesEveryPort() {
		PortPlan plan = PortPlan.from(20000);

		assertThat(Arrays.stream(Port.values()).map(plan::of)).containsExactly(20000, 20001, 20002, 20003, 20004, 20005,
				20006, 20007, 20008, 20009);
		assertThat(plan.http(Port.ACCEPTANCE_SERVICE)).isEqualTo(URI.create("http://127.0.0.1:20002"));
	}

	@Test
	void theHighestBaseKeepsEveryPortAPort() {
		PortPlan plan = PortPlan.from(PortPlan.HIGHEST_BASE);

		assertThat(Arrays.stream(Port.values()).mapToInt(plan::of).max()).hasValue(65535);
	}

	@Test
	void namesATakenPortAndWhatItIsFor() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			PortPlan plan = PortPlan.from(taken.getLocalPort() - Port.SMTP.ordinal());

			assertThatExceptionOfType(LaunchException.class).isThrownBy(plan::requireFree)
				.withMessageContaining("port %d (SMTP)", taken.getLocalPort())
				.withMessageContaining("--port-base");
		}
	}

}
