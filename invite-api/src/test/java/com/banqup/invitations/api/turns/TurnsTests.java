package com.banqup.invitations.api.turns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.Validation;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TurnsTests {

	private static final UUID BUSY = new UUID(0, 1);

	private static final UUID OTHER = new UUID(0, 2);

	private static final UUID THIRD = new UUID(0, 3);

	private SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Turns turns = turns(2, 1);

	private final List<String> log = new ArrayList<>();

	private Turns turns(int running, int waiting) {
		return turns(running, 100, waiting);
	}

	/** Each with meters of its own. */
	private Turns turns(int running, int runningInAll, int waiting) {
		this.meters = new SimpleMeterRegistry();
		return new Turns(new TurnsProperties(running, runningInAll, waiting, Duration.ofSeconds(10)), this.meters);
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
	void carriesOutSoManyOfAllPartnerSpacesTogether() {
		Turns three = turns(2, 3, 5);
		Sinks.One<String> first = work(three, BUSY, "busy 1");
		work(three, BUSY, "busy 2");
		work(three, OTHER, "other 1");
		work(three, OTHER, "other 2");
		work(three, THIRD, "third 1");
		assertThat(this.log).containsExactly("busy 1", "busy 2", "other 1");
		assertThat(this.meters.get("partner.space.writes.running").gauge().value()).isEqualTo(3);
		assertThat(this.meters.get("partner.space.writes.waiting").gauge().value()).isEqualTo(2);

		first.tryEmitEmpty();

		assertThat(this.log).containsExactly("busy 1", "busy 2", "other 1", "other 2");
	}

	@Test
	void letsPartnerSpacesTakeTurnsHoweverManyWritesOneHas() {
		Turns one = turns(1, 1, 5);
		List<Sinks.One<String>> ends = new ArrayList<>();
		ends.add(work(one, BUSY, "busy 1"));
		ends.add(work(one, BUSY, "busy 2"));
		Sinks.One<String> third = work(one, BUSY, "busy 3");
		Sinks.One<String> other = work(one, OTHER, "other 1");
		Sinks.One<String> last = work(one, THIRD, "third 1");

		ends.forEach(Sinks.One::tryEmitEmpty);
		other.tryEmitEmpty();
		last.tryEmitEmpty();
		third.tryEmitEmpty();

		assertThat(this.log).containsExactly("busy 1", "other 1", "third 1", "busy 2", "busy 3");
		assertThat(this.meters.get("partner.space.writes.running").gauge().value()).isZero();
		assertThat(this.meters.get("partner.space.writes.waiting").gauge().value()).isZero();
	}

	@Test
	void freesThePlaceOfAPartnerSpaceThatWentAwayBeforeItsTurn() {
		Turns one = turns(1, 1, 1);
		Sinks.One<String> running = work(one, BUSY, "busy");
		one.take(OTHER, () -> Mono.fromRunnable(() -> this.log.add("gone"))).subscribe().dispose();
		work(one, OTHER, "other");
		one.take(OTHER, () -> Mono.just("one too many")).as(StepVerifier::create).verifyError(TooManyWrites.class);

		running.tryEmitEmpty();

		assertThat(this.log).containsExactly("busy", "other");
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
	void freesThePlaceOfWhoWentAwayWhileWaiting() {
		Turns one = turns(1, 1);
		Sinks.One<String> running = work(one, "runs");
		Disposable waiting = one.take(BUSY, () -> Mono.fromRunnable(() -> this.log.add("gone"))).subscribe();

		waiting.dispose();
		work(one, "waits instead");
		running.tryEmitEmpty();

		assertThat(this.log).containsExactly("runs", "waits instead");
	}

	@Test
	void carriesOutWhatHasBegunAlthoughItsCallerWentAwayAndKeepsItsTurnUntilThen() {
		Turns one = turns(1, 1);
		Sinks.One<String> end = Sinks.one();
		Disposable caller = one.take(BUSY, () -> end.asMono().doOnNext(this.log::add)).subscribe();
		work(one, "next");

		caller.dispose();
		assertThat(this.log).isEmpty();
		end.tryEmitValue("came to its end");

		assertThat(this.log).containsExactly("came to its end", "next");
	}

	@Test
	void keepsNothingOfPartnerSpacesThatAreDone() {
		for (int i = 0; i < 100; i++) {
			this.turns.take(UUID.randomUUID(), () -> Mono.just("done")).block();
		}

		assertThat(this.turns).extracting("lines").asInstanceOf(InstanceOfAssertFactories.MAP).isEmpty();
	}

	@Test
	void refusesSettingsThatMakeNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnsProperties(1, 1, 1, Duration.ZERO))
			.withMessageContaining("invite.turns.max-wait");
		assertThatIllegalArgumentException().isThrownBy(() -> new TurnsProperties(4, 3, 1, Duration.ofSeconds(1)))
			.withMessageContaining("invite.turns.running-in-all");
	}

	@Test
	void refusesSettingsThatLeaveNoConnectionForReading() {
		TurnsProperties properties = new TurnsProperties(4, 12, 1, Duration.ofSeconds(1));
		R2dbcProperties database = new R2dbcProperties();
		database.getPool().setMaxSize(12);

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TurnsConfiguration().turns(properties, database, this.meters))
			.withMessageContaining("spring.r2dbc.pool.max-size, 12");
		database.getPool().setMaxSize(13);
		assertThat(new TurnsConfiguration().turns(properties, database, this.meters)).isNotNull();
	}

	@Test
	void letsAThousandWaitAtMostAndAllOfThemComeToTheirTurn() {
		assertThat(Validation.buildDefaultValidatorFactory()
			.getValidator()
			.validate(new TurnsProperties(1, 1, 1_001, Duration.ofSeconds(1)))).hasSize(1);
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
		return work(turns, BUSY, name);
	}

	private Sinks.One<String> work(Turns turns, UUID partnerSpaceId, String name) {
		Sinks.One<String> end = Sinks.one();
		turns.take(partnerSpaceId, () -> {
			this.log.add(name);
			return end.asMono();
		}).onErrorComplete().subscribe();
		return end;
	}

}
