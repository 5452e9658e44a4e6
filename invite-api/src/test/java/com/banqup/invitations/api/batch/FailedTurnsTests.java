package com.banqup.invitations.api.batch;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;

class FailedTurnsTests {

	private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

	private static final int LAST = 12;

	private static final int MOST = 1_000;

	private final List<String> asked = new ArrayList<>();

	private boolean firstToTell = true;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final FailedTurns failedTurns = new FailedTurns(turns(),
			new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("invite.batches",
					BatchProperties.class),
			this.meters, Clock.fixed(NOW, ZoneOffset.UTC));

	@Nested
	class WhenItDoesNotComeToTheRows {

		@ParameterizedTest
		@CsvSource({ "1, PT0.5S", "2, PT1S", "5, PT8S", "11, PT5M" })
		void pausesForLongerAfterEachFailure(int turns, Duration pause) {
			passOver(turns, new IllegalStateException("unreadable"));

			assertThat(FailedTurnsTests.this.asked).containsExactly(paused(pause, failures(turns, 0, null, 0, 0)));
		}

		@Test
		void givesUpAfterTheLastFailure() {
			passOver(LAST, new IllegalStateException("unreadable"));

			assertThat(FailedTurnsTests.this.asked).containsExactly("giveUp");
			assertThat(count("invitation.batches.given.up")).isEqualTo(1);
		}

		@Test
		void givesUpWhenTheDatabaseRefusesTheData() {
			passOver(LAST, refused());

			assertThat(FailedTurnsTests.this.asked).containsExactly("giveUp");
		}

		private void passOver(int turns, RuntimeException cause) {
			FailedTurnsTests.this.passOver(failures(turns - 1, 0, null, 0, 0), List.of(), cause);
		}

	}

	@Nested
	class WhenRowsFailTogether {

		@Test
		void triesFewerOfThemSoon() {
			passOver(failures(30, 0, null, 7, 9), List.of(row(1), row(2), row(3)), refused());

			assertThat(FailedTurnsTests.this.asked)
				.containsExactly(paused(Duration.ofMillis(500), failures(31, 3, null, 7, 9)));
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class WhenARowFailsAlone {

		@Test
		void leavesItOutAndTellsOperatorsWhichOne(CapturedOutput output) {
			passOver(failures(10, 2, null, 0, 0), List.of(row(7)), refused());

			assertThat(FailedTurnsTests.this.asked)
				.containsExactly(paused(Duration.ofMillis(500), failures(11, 1, 7, 1, 1)));
			assertThat(count("invitation.batch.rows.left.out")).isEqualTo(1);
			assertThat(output.toString()).contains("Row 7 of batch ").doesNotContain("Somebody", "@");
		}

		@Test
		void saysNothingOfARowThatAnotherWorkerHasToldOf() {
			FailedTurnsTests.this.firstToTell = false;
			passOver(failures(10, 2, null, 0, 0), List.of(row(7)), refused());

			assertThat(count("invitation.batch.rows.left.out")).isZero();
		}

		@ParameterizedTest
		@CsvSource({ "2, PT1S", "5, PT8S", "11, PT5M" })
		void pausesForLongerWhenNoneWasDecidedSinceTheLastOne(int inARow, Duration pause) {
			passOver(failures(0, 1, null, inARow - 1, inARow - 1), List.of(row(7)), new IllegalStateException("ours"));

			assertThat(FailedTurnsTests.this.asked).containsExactly(paused(pause, failures(1, 1, 7, inARow, inARow)));
		}

		@Test
		void givesUpWhenEveryRowDoes() {
			passOver(failures(0, 1, null, LAST - 1, LAST - 1), List.of(row(7)), refused());

			assertThat(FailedTurnsTests.this.asked).containsExactly("giveUp");
		}

		@Test
		void doesNotGiveUpBecauseRowsThatFailedFailAgain() {
			passOver(failures(0, 1, null, LAST, LAST), true, List.of(row(7)), refused());

			assertThat(FailedTurnsTests.this.asked)
				.containsExactly(paused(Duration.ofMillis(500), failures(1, 1, 7, LAST + 1, LAST + 1)));
		}

		@Test
		void givesUpWhenTooManyHaveAlthoughOthersWereDecided() {
			passOver(failures(0, 1, null, 0, MOST), List.of(row(7)), refused());

			assertThat(FailedTurnsTests.this.asked).containsExactly("giveUp");
		}

	}

	@Test
	void neverGivesUpNorLeavesRowsOutBecauseTheDatabaseIsAway() {
		TurnFailures before = failures(99, 1, null, LAST - 1, MOST);
		passOver(before, List.of(row(1)), new DataAccessResourceFailureException("away",
				new R2dbcNonTransientResourceException("statement timeout", "57014")));
		passOver(before, List.of(), new R2dbcNonTransientResourceException("connection closed"));

		assertThat(this.asked).containsOnly(paused(Duration.ofMinutes(5), failures(100, 1, null, LAST - 1, MOST)));
		assertThat(count("invitation.batch.turns.failed")).isEqualTo(2);
	}

	private void passOver(TurnFailures before, List<BatchRow> rows, RuntimeException cause) {
		passOver(before, false, rows, cause);
	}

	private void passOver(TurnFailures before, boolean again, List<BatchRow> rows, RuntimeException cause) {
		InvitationBatch batch = new InvitationBatch(new BatchId(UUID.randomUUID()),
				new PartnerSpaceId(UUID.randomUUID()), new TemplateId(UUID.randomUUID()), false, BatchState.RUNNING,
				null, List.of(), 1_000, "user-1", NOW, NOW, NOW, 0, null, null, null);
		this.failedTurns.passOver(new TurnFailed(new BatchTurn(batch, 1, again, before, null, 0), rows, cause)).block();
	}

	private static RuntimeException refused() {
		return new DataIntegrityViolationException("refused",
				new R2dbcDataIntegrityViolationException("refused", "23505"));
	}

	private static BatchRow row(int number) {
		return new BatchRow(number, number, null, new NamedClient(
				new ClientDetails("Somebody", EmailAddress.of("some@body.example"), null, null, null, null), null));
	}

	private static TurnFailures failures(int turns, int suspects, @Nullable Integer row, int rowsInARow, int rows) {
		return new TurnFailures(turns, suspects, 0, row, rowsInARow, rows);
	}

	private static String paused(Duration pause, TurnFailures failures) {
		return "passOver " + NOW.plus(pause) + " " + failures;
	}

	private double count(String name) {
		return this.meters.counter(name).count();
	}

	/** Does what it is asked for; nothing else is asked for. */
	private BatchTurns turns() {
		return (BatchTurns) Proxy.newProxyInstance(BatchTurns.class.getClassLoader(),
				new Class<?>[] { BatchTurns.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "passOver" -> {
						this.asked.add("passOver " + arguments[3] + " " + arguments[1]);
						yield Mono.just(this.firstToTell);
					}
					case "giveUp" -> {
						this.asked.add("giveUp");
						yield Mono.just(true);
					}
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

}
