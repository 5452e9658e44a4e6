package com.banqup.invitations.devstack.host;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortsTests {

	@Test
	void areInARowBelowThoseOfOutgoingConnections() {
		int[] ports = Ports.free(10);

		assertThat(ports).containsExactly(IntStream.range(ports[0], ports[0] + 10).toArray());
		assertThat(ports[0]).isBetween(10_000, 31_990);
	}

	@Test
	void areNeverGivenOutTwice() {
		assertThat(Stream.generate(() -> Ports.free(3)).limit(50).flatMapToInt(Arrays::stream).boxed())
			.doesNotHaveDuplicates();
	}

	@Test
	void areNotThoseThatSomebodyListensOn() throws Exception {
		int next = Ports.free(1)[0] + 1;
		try (ServerSocket taken = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
			assertThat(Ports.isFree(next)).isFalse();
			assertThat(Ports.free(2)).doesNotContain(taken.getLocalPort());
		}
	}

	@Test
	void areNamedWithTheirPurposeWhenTheyAreTaken() throws Exception {
		int port = Ports.free(1)[0];
		try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(PortTakenException.class)
				.isThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "Kafka"))
				.withMessageStartingWith("port %d, wanted for Kafka, cannot be bound", port);
		}
	}

	@Test
	void areWaitedForWhileAStoppedServerLetsGo() throws Exception {
		int port = Ports.free(1)[0];
		ServerSocket leaving = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
		FutureTask<Void> requirement = new FutureTask<>(() -> Ports.requireFree(port, "Kafka"), null);
		Thread waiting = Thread.ofPlatform().start(requirement);
		while (waiting.isAlive() && waiting.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		assertThat(requirement.isDone()).isFalse();

		leaving.close();

		requirement.get();
	}

}
