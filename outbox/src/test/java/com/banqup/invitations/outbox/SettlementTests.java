package com.banqup.invitations.outbox;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SettlementTests {

	private static final Outcome REJECTED = new Outcome.Rejected("at fault");

	@Test
	void deletesWhatIsAcknowledged() {
		Settlement settlement = settle(rows("a", "b", "a"), Outcome.PUBLISHED, Outcome.UNDECIDED, Outcome.PUBLISHED);

		assertThat(ids(settlement.published())).containsExactly(0L, 2L);
		assertThat(settlement.hasFailures()).isFalse();
	}

	@Test
	void suspectsOnlyTheFirstRowOfAKeyThatIsLeft() {
		Settlement settlement = settle(rows("a", "a", "b", "a"), Outcome.PUBLISHED, REJECTED, REJECTED, REJECTED);

		assertThat(ids(Settlement.rows(settlement.suspects()))).containsExactly(1L, 2L);
		assertThat(settlement.parked()).isEmpty();
	}

	@Test
	void countsNoAttemptOfARowBehindOneThatKafkaOwes() {
		Settlement settlement = settle(rows("a", "a"), Outcome.UNDECIDED, REJECTED);

		assertThat(settlement.hasFailures()).isFalse();
	}

	@Test
	void parksAtTheLastAttempt() {
		OutboxRow row = new OutboxRow(7, "a", "", null, 2);

		Settlement settlement = settle(List.of(row), REJECTED);

		assertThat(settlement.parked()).containsExactly(new Settlement.Failure(row, "at fault"));
		assertThat(settlement.suspects()).isEmpty();
	}

	@Test
	void parksAtOnceWhatALaterRowOfItsKeyHasOvertaken() {
		Settlement settlement = settle(rows("a", "b", "a"), REJECTED, REJECTED, Outcome.PUBLISHED);

		assertThat(ids(Settlement.rows(settlement.parked()))).containsExactly(0L);
		assertThat(ids(Settlement.rows(settlement.suspects()))).containsExactly(1L);
	}

	private static Settlement settle(List<OutboxRow> rows, Outcome... outcomes) {
		return Settlement.of(rows, Arrays.asList(outcomes), 3);
	}

	private static List<OutboxRow> rows(String... keys) {
		return IntStream.range(0, keys.length).mapToObj((id) -> new OutboxRow(id, keys[id], "", null, 0)).toList();
	}

	private static List<Long> ids(List<OutboxRow> rows) {
		return rows.stream().map(OutboxRow::id).toList();
	}

}
