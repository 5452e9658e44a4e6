package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store of dead letters promises. */
@NullUnmarked
public interface DeadLettersContract {

	Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	/** The store, empty at the start of each test. */
	DeadLetters letters();

	/** A dead letter of the record at this offset. */
	static DeadLetter letter(long offset) {
		return new DeadLetter(
				new OriginalRecord("invitation-requests", 1, offset, NOW, new byte[] { 7 },
						new byte[] { 0, (byte) 0xFF }, List.of(new RecordHeader("empty", null))),
				"undecodable", "detail", NOW);
	}

	@Test
	default void keepsEverythingAsItCame() {
		DeadLetter whole = letter(17);
		OriginalRecord bare = new OriginalRecord("invitation-requests", 1, 18, NOW, null, null, List.of());
		DeadLetter empty = new DeadLetter(bare, "undecodable", "no\0value", NOW);

		add(whole, empty);

		List<StoredDeadLetter> claimed = claim(10, NOW);
		assertThat(claimed).hasSize(2);
		assertThat(claimed.get(0).letter()).usingRecursiveComparison().isEqualTo(whole);
		assertThat(claimed.get(1).letter()).usingRecursiveComparison().isEqualTo(empty);
		assertThat(claimed.get(1).letter().detail()).isEqualTo("no value");
	}

	@Test
	default void givesTheOldestFirstUpToTheLimit() {
		add(letter(1), letter(2));
		add(letter(3));

		assertThat(claim(2, NOW)).extracting((stored) -> stored.letter().record().offset())
			.containsExactlyInAnyOrder(1L, 2L);
		assertThat(claim(2, NOW)).extracting((stored) -> stored.letter().record().offset()).containsExactly(3L);
	}

	@Test
	default void givesNobodyElseWhatIsClaimedUntilTheClaimEnds() {
		add(letter(1));
		claim(10, NOW);

		assertThat(claim(10, NOW.plusSeconds(59))).isEmpty();
		assertThat(claim(10, NOW.plusSeconds(60))).hasSize(1);
	}

	@Test
	default void forgetsWhatIsRemoved() {
		add(letter(1), letter(2), letter(3));
		List<StoredDeadLetter> claimed = claim(10, NOW);

		letters()
			.remove(claimed.stream()
				.filter((stored) -> stored.letter().record().offset() != 2)
				.map(StoredDeadLetter::id)
				.toList())
			.block(Duration.ofSeconds(60));

		assertThat(claim(10, NOW.plusSeconds(60))).extracting((stored) -> stored.letter().record().offset())
			.containsExactly(2L);
		assertThat(letters().count().block(Duration.ofSeconds(60))).isOne();
	}

	private void add(DeadLetter... added) {
		letters().add(List.of(added)).block(Duration.ofSeconds(60));
	}

	private List<StoredDeadLetter> claim(int limit, Instant now) {
		return letters().claim(limit, now, now.plusSeconds(60)).block(Duration.ofSeconds(60));
	}

}
