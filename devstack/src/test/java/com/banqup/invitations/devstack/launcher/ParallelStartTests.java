package com.banqup.invitations.devstack.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

import com.banqup.invitations.devstack.console.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class ParallelStartTests {

	private final Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);

	private final CountDownLatch begun = new CountDownLatch(1);

	private final AtomicBoolean brokenOff = new AtomicBoolean();

	@Test
	void breaksOffWhatStartsWhenItIsInterrupted() throws Exception {
		FutureTask<String> start = new FutureTask<>(() -> {
			try (ParallelStart starting = start()) {
				return starting.await(starting.begin("PostgreSQL", "127.0.0.1:5433", this::never));
			}
		});
		Thread work = Thread.ofPlatform().start(start);
		this.begun.await();

		work.interrupt();

		assertThatExceptionOfType(ExecutionException.class).isThrownBy(start::get)
			.withMessageContaining("interrupted while starting");
		assertThat(this.brokenOff).isTrue();
	}

	@Test
	void breaksOffTheOthersWhenOneFails() {
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> {
			try (ParallelStart starting = start()) {
				starting.begin("PostgreSQL", "127.0.0.1:5433", this::never);
				starting.await(starting.begin("Kafka", "127.0.0.1:9092", this::failOnceTheOtherBegan));
			}
		}).withMessage("no space left");
		assertThat(this.brokenOff).isTrue();
	}

	@Test
	void goesOnWithoutAPartThatIsStoppedMeanwhile() {
		try (ParallelStart starting = start()) {
			starting.awaitUnlessStopped(starting.begin("invite-api", "127.0.0.1:8080", () -> {
				throw new StoppedException("invite-api");
			}));

			assertThat(starting.await(starting.begin("Kafka", "127.0.0.1:9092", () -> "up"))).isEqualTo("up");
		}
	}

	@Test
	void givesUpWhenAPartThatMayBeStoppedCannotBeStarted() {
		try (ParallelStart starting = start()) {
			assertThatExceptionOfType(LaunchException.class)
				.isThrownBy(() -> starting.awaitUnlessStopped(starting.begin("invite-api", "127.0.0.1:8080", () -> {
					throw new LaunchException("invite-api ended 3 times before it served");
				})))
				.withMessageContaining("ended 3 times");
		}
	}

	private ParallelStart start() {
		return new ParallelStart(this.console, InstantSource.system());
	}

	private String never() {
		this.begun.countDown();
		try {
			new CountDownLatch(1).await();
			return "up";
		}
		catch (InterruptedException ex) {
			this.brokenOff.set(true);
			throw new IllegalStateException("interrupted", ex);
		}
	}

	private String failOnceTheOtherBegan() {
		try {
			this.begun.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new IllegalStateException("no space left");
	}

}
