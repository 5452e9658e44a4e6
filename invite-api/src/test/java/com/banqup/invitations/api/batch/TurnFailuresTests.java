package com.banqup.invitations.api.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import com.banqup.invitations.api.batch.BatchRow.Unusable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TurnFailuresTests {

	private static final int CHUNK = 1_000;

	@Test
	void takesAllRowsWhileNothingIsKnownAgainstThem() {
		assertThat(TurnFailures.NONE.mostRows()).isGreaterThanOrEqualTo(CHUNK);
		assertThat(TurnFailures.NONE.decided(CHUNK)).isEqualTo(TurnFailures.NONE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 499, 500, 501, 777, 999, 1_000 })
	void leavesOutTheOneRowThatFailsAfterAFewTurns(int bad) {
		Run run = run((row) -> row == bad);

		assertThat(run.leftOut()).containsExactly(bad);
		assertThat(run.decided()).isEqualTo(CHUNK - 1);
		assertThat(run.turns()).isLessThanOrEqualTo(24);
	}

	@Test
	void leavesOutEachOfSeveralRows() {
		Set<Integer> bad = Set.of(1, 2, 500, 998);

		Run run = run(bad::contains);

		assertThat(run.leftOut()).containsExactly(1, 2, 500, 998);
		assertThat(run.decided()).isEqualTo(CHUNK - 4);
		assertThat(run.last().rows()).isEqualTo(4);
		assertThat(run.last().rowsInARow()).isZero();
	}

	@Test
	void countsRowsThatFailWithNoneBetweenThem() {
		Run run = run((row) -> true);

		assertThat(run.last().rowsInARow()).isEqualTo(CHUNK);
		assertThat(run.turns()).isLessThanOrEqualTo(2 * CHUNK + 10);
	}

	@Test
	void takesMoreAndMoreRowsAfterOneWasLeftOutUntilItTakesAll() {
		TurnFailures failures = TurnFailures.NONE.failed(rows(1)).leftOut();
		List<Integer> taken = new ArrayList<>();
		for (int turn = 0; turn < 4; turn++) {
			taken.add(failures.mostRows());
			failures = failures.decided(failures.mostRows());
		}
		assertThat(taken).containsExactly(1, 2, 4, 8);
		for (int turn = 0; turn < 10; turn++) {
			failures = failures.decided(1);
		}

		assertThat(failures.mostRows()).isGreaterThanOrEqualTo(CHUNK);
	}

	@Test
	void leavesNoRowOutThatIsFineAlone() {
		List<BatchRow> rows = rows(8);
		TurnFailures failures = TurnFailures.NONE.failed(rows);
		for (int left = 8; left > 0;) {
			int taken = Math.min(failures.mostRows(), left);
			assertThat(failures.haveShown(rows.subList(8 - left, 8 - left + taken))).isFalse();
			failures = failures.decided(taken);
			left -= taken;
		}

		assertThat(failures).isEqualTo(TurnFailures.NONE);
	}

	@Test
	void knowsARowThatFailedAloneByItsNumberOnly() {
		List<BatchRow> rows = rows(2);
		TurnFailures failures = TurnFailures.NONE.failed(rows.subList(0, 1));

		assertThat(failures.haveShown(rows.subList(0, 1))).isTrue();
		assertThat(failures.haveShown(rows.subList(1, 2))).isFalse();
		assertThat(failures.haveShown(List.of())).isFalse();
	}

	@Test
	void keepsWhatItKnowsWhenAFailureSaysNothingAboutTheRows() {
		TurnFailures failures = TurnFailures.NONE.failed(rows(8)).failed().failed();

		assertThat(failures.mostRows()).isEqualTo(4);
		assertThat(failures.turns()).isEqualTo(3);
		assertThat(failures.decided(0).mostRows()).isEqualTo(4);
	}

	/** As turns go, where these rows cannot be decided. */
	private static Run run(Predicate<Integer> bad) {
		List<BatchRow> left = new ArrayList<>(rows(CHUNK));
		List<Integer> leftOut = new ArrayList<>();
		TurnFailures failures = TurnFailures.NONE;
		int decided = 0;
		int turns = 0;
		for (; !left.isEmpty(); turns++) {
			List<BatchRow> taken = left.subList(0, Math.min(failures.mostRows(), left.size()));
			if (failures.haveShown(taken)) {
				leftOut.add(taken.getFirst().number());
				failures = failures.leftOut();
				taken.clear();
			}
			else if (taken.stream().map(BatchRow::number).anyMatch(bad)) {
				failures = failures.failed(taken);
			}
			else {
				decided += taken.size();
				failures = failures.decided(taken.size());
				taken.clear();
			}
		}
		return new Run(turns, decided, leftOut, failures);
	}

	private static List<BatchRow> rows(int count) {
		return IntStream.rangeClosed(1, count)
			.mapToObj((number) -> new BatchRow(number, number, null, new Unusable(RowReason.MALFORMED, "No row.")))
			.toList();
	}

	private record Run(int turns, int decided, List<Integer> leftOut, TurnFailures last) {
	}

}
