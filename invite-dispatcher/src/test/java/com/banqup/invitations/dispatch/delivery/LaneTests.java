package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class LaneTests {

	private static final Hindrance RELAY = new Hindrance("relay-connection-refused");

	private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

	private final Lane lane = new Lane("bulk", this.now::get);

	@Test
	void waitsLongerEachTimeUpToALimit() {
		assertThat(IntStream.range(0, 7).mapToObj((i) -> this.lane.waits("one", RELAY)).map(Duration::toSeconds))
			.containsExactly(1L, 2L, 4L, 8L, 16L, 16L, 16L);
	}

	@Test
	void tellsWhatItWaitsForAndSinceWhen() {
		this.lane.waits("one", RELAY);
		this.now.set(NOW.plusSeconds(5));
		this.lane.waits("two", Hindrance.HELD_ELSEWHERE);
		this.lane.waits("one", RELAY);

		assertThat(this.lane.waiting()).hasValueSatisfying((waiting) -> {
			assertThat(waiting.since()).isEqualTo(NOW);
			assertThat(waiting.hindrance()).isEqualTo(RELAY);
			assertThat(waiting.times()).isEqualTo(2);
		});
	}

	@Test
	void movesAgainAndStartsOverWithShortPauses() {
		this.lane.waits("one", RELAY);
		this.lane.waits("one", RELAY);

		this.lane.moves("one");

		assertThat(this.lane.waiting()).isEmpty();
		assertThat(this.lane.waits("one", RELAY)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void forgetsAConsumerThatLostItsPartitions() {
		this.lane.waits("one", RELAY);

		this.now.set(NOW.plus(Duration.ofMinutes(4)));

		assertThat(this.lane.waiting()).isEmpty();
	}

}
