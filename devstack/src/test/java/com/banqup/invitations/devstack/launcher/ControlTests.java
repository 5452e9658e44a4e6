package com.banqup.invitations.devstack.launcher;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import com.banqup.invitations.devstack.console.Console;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The server and the client of orders, over the loopback. */
@Timeout(20)
class ControlTests {

	@TempDir
	private Path folder;

	private final ToyPart kafka = new ToyPart();

	private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

	private final Parts parts = new Parts(List.of("kafka", "smtp"));

	private final ControlServer server = ControlServer.start(this.parts,
			new Console(new PrintStream(this.screen, true, StandardCharsets.UTF_8), false));

	@BeforeEach
	void publishAddress() {
		this.parts.put(this.kafka);
		this.folder.resolve("run").toFile().mkdir();
		this.server.address().write(this.folder);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void tellsHowFarTheStartIs() {
		assertThat(client().send("status")).startsWith("Starting: 1 of 2 parts are up")
			.containsPattern("kafka +running")
			.containsPattern("smtp +waiting to start");

		this.parts.put(new PartToCome("smtp", PartState.STARTING));

		assertThat(client().send("status")).containsPattern("smtp +starting");
	}

	@Test
	void tellsHowEachPartIsOnceTheStartIsOver() {
		this.parts.endStart();

		assertThat(client().send("status")).doesNotContain("Starting").containsPattern("kafka +running");
	}

	@Test
	void refusesOrdersForAPartThatIsNotUpYet() {
		this.parts.put(new PartToCome("smtp", PartState.STARTING));

		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> client().send("stop/smtp"))
			.withMessage("smtp cannot be stopped yet: it is starting; ./run status tells how far it is");
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> client().send("start/smtp"))
			.withMessage("smtp need not be started: it is starting; ./run status tells how far it is");
	}

	@Test
	void takesAPartAwayAndGivesItBack() {
		assertThat(client().send("stop/kafka")).contains("kafka is stopped");
		assertThat(this.kafka.state()).isEqualTo(PartState.STOPPED);
		assertThat(this.screen.toString(StandardCharsets.UTF_8)).contains("kafka is stopped, as ordered");

		assertThat(client().send("start/kafka")).contains("kafka is running");
		assertThat(this.kafka.state()).isEqualTo(PartState.RUNNING);
	}

	@Test
	void namesThePartsThereAreWhenAskedForAnother() {
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> client().send("stop/zookeeper"))
			.withMessage("unknown part: zookeeper (expected one of: kafka, smtp)");
	}

	@Test
	void obeysNobodyWithoutTheToken() {
		ControlClient stranger = new ControlClient(new ControlAddress(this.server.address().url(), "guess"));

		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> stranger.send("stop/kafka"))
			.withMessage("unauthorized");
		assertThat(this.kafka.state()).isEqualTo(PartState.RUNNING);
	}

	@Test
	void breaksOffAStartWhenItIsClosed() throws Exception {
		this.kafka.startsNever = true;
		FutureTask<String> order = new FutureTask<>(() -> client().send("start/kafka"));
		Thread.ofVirtual().start(order);
		this.kafka.starting.await();

		this.server.close();

		assertThat(this.kafka.broken).isTrue();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(order::get)
			.withMessageContaining("start was broken off");
	}

	/** The JDK's server sometimes overlooks that its last exchange has ended. */
	@RepeatedTest(25)
	void closesAtOnceWhenNothingIsUnderWay() {
		client().send("status");

		this.server.close();
	}

	@Test
	void saysWhenNothingRuns() {
		this.server.close();
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> client().send("status"))
			.withMessageContaining("nothing answers");

		ControlAddress.delete(this.folder);
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this::client)
			.withMessageContaining("nothing runs with data folder");
	}

	private ControlClient client() {
		return new ControlClient(ControlAddress.read(this.folder));
	}

	private static final class ToyPart implements ManagedPart {

		private final CountDownLatch starting = new CountDownLatch(1);

		private volatile boolean running = true;

		private volatile boolean startsNever;

		private volatile boolean broken;

		@Override
		public String name() {
			return "kafka";
		}

		@Override
		public void start() {
			this.starting.countDown();
			if (this.startsNever) {
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					this.broken = true;
					throw new IllegalStateException("start was broken off", ex);
				}
			}
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public PartState state() {
			return this.running ? PartState.RUNNING : PartState.STOPPED;
		}

	}

}
