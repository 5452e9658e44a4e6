package com.banqup.invitations.dispatch.cycle;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class CycleTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void dispose() {
		this.time.dispose();
	}

	@Test
	void runsAtOnceAndThenAtItsInterval() {
		Cycle cycle = cycle(() -> Mono.just(false));

		cycle.start();
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(this.runs).hasValue(1);
		this.time.advanceTimeBy(Duration.ofMillis(999));
		assertThat(this.runs).hasValue(1);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(this.runs).hasValue(2);
		cycle.stop();
	}

	@Test
	void goesOnAtOnceWhileThereIsMore() {
		Cycle cycle = cycle(() -> Mono.just(this.runs.get() < 5));

		cycle.start();
		this.time.advanceTimeBy(Duration.ofMillis(1));

		assertThat(this.runs).hasValue(5);
		cycle.stop();
	}

	@Test
	void goesOnAfterFailuresWithGrowingPauses() {
		Cycle cycle = cycle(() -> Mono.error(new IllegalStateException("database is down")));
		cycle.start();

		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(this.runs).hasValue(2);
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(this.runs).hasValue(3);
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.runs).hasValueGreaterThan(100);
		cycle.stop();
	}

	@Test
	void givesUpARunThatNeverEnds() {
		Cycle cycle = cycle(Mono::never);
		cycle.start();

		this.time.advanceTimeBy(Duration.ofSeconds(13));

		assertThat(this.runs).hasValue(2);
		cycle.stop();
	}

	@Test
	void survivesWorkThatFailsBeforeItStarts() {
		Cycle cycle = cycle(() -> {
			throw new IllegalStateException("no connection");
		});

		cycle.start();
		this.time.advanceTimeBy(Duration.ofSeconds(2));

		assertThat(this.runs).hasValue(2);
		cycle.stop();
	}

	@Test
	void letsTheCurrentRunFinishWhenItIsStopped() {
		Sinks.One<Boolean> end = Sinks.one();
		AtomicBoolean stopped = new AtomicBoolean();
		Cycle cycle = cycle(end::asMono);
		cycle.start();
		this.time.advanceTimeBy(Duration.ZERO);

		cycle.stop(() -> stopped.set(true));
		assertThat(stopped).isFalse();
		end.tryEmitValue(true);

		assertThat(stopped).isTrue();
		assertThat(cycle.isRunning()).isFalse();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void stopsAtOnceDuringAPause() {
		AtomicBoolean stopped = new AtomicBoolean();
		Cycle cycle = cycle(() -> Mono.just(false));
		cycle.start();
		this.time.advanceTimeBy(Duration.ofMillis(10));

		cycle.stop(() -> stopped.set(true));

		assertThat(stopped).isTrue();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void canBeStartedAgain() {
		Cycle cycle = cycle(() -> Mono.just(false));
		cycle.start();
		cycle.stop();

		cycle.start();
		this.time.advanceTimeBy(Duration.ZERO);

		assertThat(this.runs).hasValue(2);
		cycle.stop();
	}

	private Cycle cycle(Supplier<Mono<Boolean>> work) {
		return new Cycle("test", () -> {
			this.runs.incrementAndGet();
			return work.get();
		}, Duration.ofSeconds(1), Duration.ofSeconds(10), this.time);
	}

}
