package com.banqup.invitations.devstack.launcher;

import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class SupervisorTests {

	private static final Duration NO_WAIT = Duration.ofMillis(1);

	private static final Duration LONG_WAIT = Duration.ofHours(1);

	private final BlockingQueue<FakeProcess> launched = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> announced = new LinkedBlockingQueue<>();

	private volatile boolean serves = true;

	private volatile Supplier<ServiceProcess> launch = this::launch;

	private Supervisor supervisor = supervisor(NO_WAIT);

	@AfterEach
	void stop() {
		this.supervisor.retire();
	}

	@Test
	void startReturnsWhenTheServiceServes() {
		this.supervisor.start();

		assertThat(this.supervisor.state()).isEqualTo(PartState.RUNNING);
		assertThat(this.launched).hasSize(1);
	}

	@Test
	void startingTwiceLaunchesOnce() {
		this.supervisor.start();
		this.supervisor.start();

		assertThat(this.launched).hasSize(1);
	}

	@Test
	void stopEndsTheProcessAndItStaysAway() throws InterruptedException {
		this.supervisor.start();
		FakeProcess process = this.launched.take();

		this.supervisor.stop();

		assertThat(process.exit).isCompletedWithValue(143);
		assertThat(this.supervisor.state()).isEqualTo(PartState.STOPPED);
		assertThat(this.launched).isEmpty();
		assertThat(this.announced).isEmpty();
	}

	@Test
	void canBeStartedAgainAfterAStop() {
		this.supervisor.start();
		this.supervisor.stop();
		this.supervisor.start();

		assertThat(this.supervisor.state()).isEqualTo(PartState.RUNNING);
		assertThat(this.launched).hasSize(2);
	}

	@Test
	void aStartDuringAStopWaitsForItsEndAndLaunchesOnce() throws InterruptedException {
		this.supervisor.start();
		FakeProcess first = this.launched.take();
		first.lingers = true;
		Thread stopping = Thread.ofPlatform().start(this.supervisor::stop);
		first.asked.await();

		Thread starting = Thread.ofPlatform().start(this.supervisor::start);
		while (starting.isAlive() && starting.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
		first.exit.complete(143);
		stopping.join();
		starting.join();

		FakeProcess second = this.launched.take();
		assertThat(this.supervisor.state()).isEqualTo(PartState.RUNNING);
		this.supervisor.stop();
		assertThat(second.exit).isDone();
		assertThat(this.launched).isEmpty();
	}

	@Test
	void canBeStartedAfterALaunchThatFailed() {
		this.launch = () -> {
			this.launch = this::launch;
			throw new IllegalStateException("no such program");
		};
		assertThatExceptionOfType(LaunchException.class).isThrownBy(this.supervisor::start)
			.withMessageContaining("no such program");

		this.supervisor.start();

		assertThat(this.supervisor.state()).isEqualTo(PartState.RUNNING);
	}

	@Test
	void whatIsRetiredNeverStartsAgain() {
		this.supervisor.retire();

		assertThatExceptionOfType(LaunchException.class).isThrownBy(this.supervisor::start);
		assertThat(this.launched).isEmpty();
	}

	@Nested
	class WhenTheServiceDies {

		@Test
		void startsItAgainAndSaysSo() throws InterruptedException {
			SupervisorTests.this.supervisor.start();

			SupervisorTests.this.launched.take().exit.complete(137);

			assertThat(SupervisorTests.this.launched.take()).isNotNull();
			assertThat(SupervisorTests.this.announced.take()).isEqualTo("toy died: killed by signal 9");
			assertThat(SupervisorTests.this.announced.take()).isEqualTo("toy is back");
			assertThat(SupervisorTests.this.supervisor.state()).isEqualTo(PartState.RUNNING);
		}

		@Test
		void goesOnTryingOnceItServed() throws InterruptedException {
			SupervisorTests.this.supervisor.start();
			SupervisorTests.this.serves = false;

			for (int death = 0; death < Supervisor.TRIES + 2; death++) {
				SupervisorTests.this.launched.take().exit.complete(1);
			}

			assertThat(SupervisorTests.this.launched.take()).isNotNull();
		}

		@Test
		void aStopDuringTheWaitIsObeyedAtOnce() throws InterruptedException {
			SupervisorTests.this.supervisor = supervisor(LONG_WAIT);
			SupervisorTests.this.supervisor.start();
			SupervisorTests.this.launched.take().exit.complete(1);
			SupervisorTests.this.announced.take();

			SupervisorTests.this.supervisor.stop();

			assertThat(SupervisorTests.this.supervisor.state()).isEqualTo(PartState.STOPPED);
			assertThat(SupervisorTests.this.launched).isEmpty();
		}

		@Test
		void aStartDuringTheWaitEndsItAndReturnsWhenTheServiceServesAgain() throws InterruptedException {
			SupervisorTests.this.supervisor = supervisor(LONG_WAIT);
			SupervisorTests.this.supervisor.start();
			SupervisorTests.this.launched.take().exit.complete(1);
			SupervisorTests.this.announced.take();

			SupervisorTests.this.supervisor.start();

			assertThat(SupervisorTests.this.supervisor.state()).isEqualTo(PartState.RUNNING);
			assertThat(SupervisorTests.this.launched).hasSize(1);
		}

	}

	@Nested
	class WhenItNeverServes {

		@Test
		void isGivenUpAfterAFewTries() {
			SupervisorTests.this.serves = false;
			CompletableFuture<Void> deaths = CompletableFuture.runAsync(() -> {
				for (int death = 0; death < Supervisor.TRIES; death++) {
					take().exit.complete(1);
				}
			});

			assertThatExceptionOfType(LaunchException.class).isThrownBy(SupervisorTests.this.supervisor::start)
				.withMessage("toy ended 3 times before it served (exit code 1)");
			deaths.join();
			assertThat(SupervisorTests.this.launched).isEmpty();
		}

		@Test
		void aStopEndsTheWaitForIt() throws Exception {
			SupervisorTests.this.serves = false;
			CompletableFuture<Void> starting = CompletableFuture.runAsync(SupervisorTests.this.supervisor::start);
			SupervisorTests.this.launched.take();

			SupervisorTests.this.supervisor.stop();

			assertThat(starting).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(StoppedException.class)
				.withMessage("toy was stopped before it served");
		}

	}

	private FakeProcess take() {
		try {
			return this.launched.take();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Supervisor supervisor(Duration wait) {
		Backoff backoff = new Backoff(wait, wait, Duration.ofMinutes(1));
		return new Supervisor("toy", () -> this.launch.get(), () -> this.serves,
				new Supervisor.Settings(backoff, Duration.ofMinutes(1), Duration.ofSeconds(1)), new Recorder(),
				InstantSource.system());
	}

	private ServiceProcess launch() {
		FakeProcess process = new FakeProcess();
		this.launched.add(process);
		return process;
	}

	private static final class FakeProcess implements ServiceProcess {

		private final CompletableFuture<Integer> exit = new CompletableFuture<>();

		private final CountDownLatch asked = new CountDownLatch(1);

		private volatile boolean lingers;

		@Override
		public OptionalInt awaitExit(Duration patience) throws InterruptedException {
			try {
				return OptionalInt.of(this.exit.get(Math.min(patience.toMillis(), 5), TimeUnit.MILLISECONDS));
			}
			catch (TimeoutException ex) {
				return OptionalInt.empty();
			}
			catch (java.util.concurrent.ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void stop(Duration patience) {
			this.asked.countDown();
			if (!this.lingers) {
				this.exit.complete(143);
			}
			this.exit.join();
		}

	}

	private final class Recorder implements Supervisor.Listener {

		@Override
		public void died(String service, ExitCode exit, Duration delay) {
			SupervisorTests.this.announced.add(service + " died: " + exit);
		}

		@Override
		public void stuck(String service, Duration patience) {
			SupervisorTests.this.announced.add(service + " is stuck");
		}

		@Override
		public void back(String service, Duration took) {
			SupervisorTests.this.announced.add(service + " is back");
		}

	}

}
