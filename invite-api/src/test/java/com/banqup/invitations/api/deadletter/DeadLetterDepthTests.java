package com.banqup.invitations.api.deadletter;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterDepthTests {

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final FakeDeadLetters letters = new FakeDeadLetters();

	private final DeadLetterDepth depth = new DeadLetterDepth(this.letters, new DeadLetterProperties(INTERVAL),
			this.meters);

	@AfterEach
	void stop() {
		this.depth.stop();
		VirtualTimeScheduler.reset();
	}

	@Test
	void saysSoWhileItDoesNotKnow() {
		assertThat(gauge()).isNaN();
	}

	@Test
	void countsFromTimeToTime() {
		this.letters.count = Mono.just(3L);
		this.depth.start();
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(gauge()).isEqualTo(3);

		this.letters.count = Mono.just(4L);
		this.time.advanceTimeBy(INTERVAL);

		assertThat(gauge()).isEqualTo(4);
	}

	@Test
	void knowsNothingWhileTheDatabaseIsAwayOrSilentAndGoesOn() {
		this.letters.count = Mono.just(3L);
		this.depth.start();
		this.time.advanceTimeBy(Duration.ZERO);

		this.letters.count = Mono.error(new IllegalStateException("away"));
		this.time.advanceTimeBy(INTERVAL);
		assertThat(gauge()).isNaN();

		this.letters.count = Mono.just(3L);
		this.time.advanceTimeBy(INTERVAL);
		assertThat(gauge()).isEqualTo(3);

		this.letters.count = Mono.never();
		this.time.advanceTimeBy(INTERVAL.multipliedBy(2));
		assertThat(gauge()).isNaN();

		this.letters.count = Mono.just(5L);
		this.time.advanceTimeBy(INTERVAL.multipliedBy(2));
		assertThat(gauge()).isEqualTo(5);
	}

	@Test
	void countsNoMoreOnceItIsStopped() {
		this.letters.count = Mono.just(3L);
		this.depth.start();
		this.time.advanceTimeBy(Duration.ZERO);
		this.depth.stop();

		this.letters.count = Mono.just(4L);
		this.time.advanceTimeBy(INTERVAL);

		assertThat(this.depth.isRunning()).isFalse();
		assertThat(gauge()).isEqualTo(3);
	}

	private double gauge() {
		return this.meters.get("invite.queue.depth").tag("queue", "dead-letters").gauge().value();
	}

	private static final class FakeDeadLetters implements DeadLetters {

		private Mono<Long> count = Mono.just(0L);

		@Override
		public Mono<Void> keep(List<DeadLetter> kept) {
			return Mono.empty();
		}

		@Override
		public Mono<Long> count() {
			return this.count;
		}

	}

}
