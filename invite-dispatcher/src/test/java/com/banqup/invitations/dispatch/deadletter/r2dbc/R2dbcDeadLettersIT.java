package com.banqup.invitations.dispatch.deadletter.r2dbc;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

import com.banqup.invitations.dispatch.deadletter.DeadLetterProperties;
import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.deadletter.DeadLettersContract;
import com.banqup.invitations.dispatch.deadletter.PublishDeadLetters;
import com.banqup.invitations.dispatch.delivery.r2dbc.LedgerDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class R2dbcDeadLettersIT implements DeadLettersContract {

	private static LedgerDatabase database;

	private final R2dbcDeadLetters letters = new R2dbcDeadLetters(database.client());

	@BeforeAll
	static void createDatabase() {
		database = LedgerDatabase.create();
	}

	@AfterAll
	static void closeDatabase() {
		database.close();
	}

	@BeforeEach
	void empty() {
		database.empty();
	}

	@Override
	public DeadLetters letters() {
		return this.letters;
	}

	@Test
	void publishesOnceWhenTwoDispatchersRace() {
		this.letters.add(LongStream.range(0, 300).mapToObj(DeadLettersContract::letter).toList()).block();
		List<Long> published = new CopyOnWriteArrayList<>();

		Flux.range(0, 2)
			.flatMap((i) -> dispatcher(published).publish().repeat(20).then(), 2)
			.blockLast(Duration.ofSeconds(60));

		assertThat(published).hasSize(300).doesNotHaveDuplicates();
		assertThat(this.letters.count().block()).isZero();
	}

	@Test
	void doesNotWaitForWhatAnotherIsClaiming() {
		this.letters.add(LongStream.range(0, 10).mapToObj(DeadLettersContract::letter).toList()).block();

		Integer claimedMeanwhile = database.transaction()
			.transactional(database.client()
				.sql("select id from dead_letters order by id limit 6 for update")
				.fetch()
				.all()
				.then(Mono.defer(() -> new R2dbcDeadLetters(database.client()).claim(10, NOW, NOW.plusSeconds(60))
					.contextWrite((context) -> Context.empty())))
				.map(List::size))
			.block(Duration.ofSeconds(60));

		assertThat(claimedMeanwhile).isEqualTo(4);
	}

	private PublishDeadLetters dispatcher(List<Long> published) {
		return new PublishDeadLetters(this.letters,
				(letter) -> Mono.fromRunnable(() -> published.add(letter.record().offset())), InstantSource.fixed(NOW),
				new DeadLetterProperties(20, Duration.ofSeconds(1)), new SimpleMeterRegistry());
	}

}
