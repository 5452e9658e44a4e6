package com.banqup.invitations.api.turns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TurnsTests {

	private static final UUID BUSY = new UUID(0, 1);

	private static final UUID OTHER = new UUID(0, 2);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Turns turns = turns(2, 1);

	private final List<String> log = new ArrayList<>();

	private Turns turns(int running, int waiting) {
		return new Turns(new TurnsProperties(running, waiting, Duration.ofSeconds(10)), this.meters);
	}

	@Test
	void carriesOutSoManyAtATimeAndTheOthersInOrder() {
		Turns one = turns(1, 3);
		Sinks.One<String> first = work(one, "first");
		Sinks.One<String> second = work(one, "second");
		Sinks.One<String> third = work(one, "third");
		assertThat(this.log).containsExactly("first");

		first.tryEmitValue("done");
		assertThat(this.log).containsExactly("first", "second");

		second.tryEmitError(new IllegalStateException("fails"));
		assertThat(this.log).containsExactly("first", "second", "third");

		third.tryEmitEmpty();
		work(one, "fourth");
		assertThat(this.log).endsWith("fourth");
	}

	@Test
	void refusesWhatIsMoreThanCanWait() {
		work(this.turns, "a");
		work(this.turns, "b");
		work(this.turns, "waits");

		this.turns.take(BUSY, () -> Mono.just("refused")).as(StepVerifier::create).verifyError(TooManyWrites.class);

		assertThat(this.log).containsExactly("a", "b");
		assertThat(this.meters.counter("partner.space.writes.refused").count()).isEqualTo(1);
	}

	@Test
	void doesNotMakeOtherPartnerSpacesWait() {
		work(this.turns, "a");
		work(this.turns, "b");
		work(this.turns, "waits");

		this.turns.take(OTHER, () -> Mono.just("done")).as(StepVerifier::create).expectNext("done").verifyComplete();
	}

	@Test
	void refusesWhoHasWaitedTooLongAndFreesThePlace() {
		work(this.turns, "a");
		work(this.turns, "b");

		StepVerifier.withVirtualTime(() -> this.turns.take(BUSY, () -> Mono.just("late")))
			.thenAwait(Duration.ofSeconds(10))
			.verifyError(TooManyWrites.class);

		Sinks.One<String> inItsPlace = work(this.turns, "c");
		assertThat(inItsPlace.currentSubscriberCount()).isZero();
	}

	@Test
	void freesThePlaceOfWhoWentAway() {
		Turns one = turns(1, 1);
		Disposable running = one.take(BUSY, Mono::never).subscribe();
		Disposable waiting = one.take(BUSY, () -> Mono.fromRunnable(() -> this.log.add("gone"))).subscribe();

		waiting.dispose();
		work(one, "waits instead");
		assertThat(this.log).isEmpty();
		running.dispose();

		assertThat(this.log).containsExactly("waits instead");
	}

	@Test
	void keepsNothingOfPartnerSpacesThatAreDone() {
		for (int i = 0; i < 100; i++) {
			this.turns.take(UUID.randomUUID(), () -> Mono.just("done")).block();
		}

		assertThat(this.turns).extracting("lines")
			.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
			.isEmpty();
	}

	@Test
	void refusesSettingsThatMakeNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnsProperties(1, 1, Duration.ZERO))
			.withMessageContaining("invite.turns.max-wait");
	}

	@Test
	void letsAThousandWaitAtMostAndAllOfThemComeToTheirTurn() {
		assertThat(Validation.buildDefaultValidatorFactory()
			.getValidator()
			.validate(new TurnsProperties(1, 1_001, Duration.ofSeconds(1)))).hasSize(1);
		Turns one = turns(1, 1_000);
		Sinks.One<String> first = work(one, "first");
		AtomicInteger done = new AtomicInteger();
		for (int i = 0; i < 1_000; i++) {
			one.take(BUSY, () -> Mono.fromRunnable(done::incrementAndGet)).subscribe();
		}

		first.tryEmitEmpty();

		assertThat(done).hasValue(1_000);
	}

	/** Subscribes to work that goes on until the test ends it. */
	private Sinks.One<String> work(Turns turns, String name) {
		Sinks.One<String> end = Sinks.one();
		turns.take(BUSY, () -> {
			this.log.add(name);
			return end.asMono();
		}).onErrorComplete().subscribe();
		return end;
	}

}
