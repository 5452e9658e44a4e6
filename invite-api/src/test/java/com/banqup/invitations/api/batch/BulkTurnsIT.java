package com.banqup.invitations.api.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationProperties;
import com.banqup.invitations.api.invitation.RecordOnboardingFacts;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

/** Whose rows are decided when. */
class BulkTurnsIT extends ApiIntegration {

	@Autowired
	private BatchProperties properties;

	@Autowired
	private InvitationProperties limits;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private RecordOnboardingFacts facts;

	private Partner partner;

	private Bulks bulks;

	@BeforeEach
	void aPartnerWhoInvitesInBulk() {
		this.partner = administrator();
		this.bulks = new Bulks(this.partner);
	}

	@Test
	void passesOverRowsThatCannotBeDecidedAndGivesThemUpInTheEnd() {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		String lines = line(0) + line(1) + line(2);
		invitedToday(this.limits.dailyLimit() - 1);
		String poison = this.bulks.upload(lines, "", key);
		this.bulks.await(poison, (view) -> view.at("/pacedUntil").isString());
		damageRows(poison);
		double failures = failedTurns();
		double givenUp = givenUp();

		this.clock.advance(Duration.ofDays(1));
		String next = this.bulks.upload(line(3));

		assertThat(this.bulks.awaitDecided(next).at("/counts/invited").asInt()).isEqualTo(1);
		JsonNode failed = awaitRetried(poison, (view) -> !view.at("/state").asString().equals("RUNNING"));
		assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
		assertThat(failed.at("/failure/code").asString()).isEqualTo("rows-not-decided");
		assertThat(failed.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(failed.at("/counts/waiting").asInt()).isZero();
		assertThat(failed.at("/counts/cancelled").asInt()).isEqualTo(2);
		assertThat(failed.at("/counts/cancelledByReason/batch-failed").asInt()).isEqualTo(2);
		assertThat(failedTurns() - failures).isGreaterThanOrEqualTo(this.properties.turnFailures());
		assertThat(givenUp() - givenUp).isEqualTo(1);
		String again = this.bulks.upload(lines, "", key);
		assertThat(again).isNotEqualTo(poison);
		assertThat(this.bulks.awaitDecided(again).at("/counts/skippedByReason/already-invited").asInt()).isEqualTo(1);
	}

	@Test
	void leavesOutARowThatCannotBeDecidedAndTriesItAgainWhenItIsAskedTo() {
		String batch = waiting("ABCDEFG".chars().mapToObj((name) -> named((char) name)).collect(Collectors.joining()));
		double leftOut = this.meters.counter("invitation.batch.rows.left.out").count();
		damageNames(batch, "Client C", "Client F");

		this.clock.advance(Duration.ofDays(1));

		JsonNode counts = awaitRetried(batch, (view) -> view.at("/counts/waiting").asInt() == 0).at("/counts");
		assertThat(counts.at("/invited").asInt()).isEqualTo(6);
		assertThat(counts.at("/invalidByReason/not-decided").asInt()).isEqualTo(2);
		assertThat(this.bulks.rows(batch, "?state=invalid")).extracting((row) -> row.at("/rowRef").asString())
			.containsExactly("C", "F");
		assertThat(this.meters.counter("invitation.batch.rows.left.out").count() - leftOut).isEqualTo(2);
		this.bulks.rows(batch, "?state=invited").forEach(this::sent);
		this.bulks.awaitState(batch, "COMPLETED");
		this.partner
			.post(path(batch) + "/retry", "rowRef,name,email\nC,Client C,office@c.example\n",
					Map.of(HttpHeaders.CONTENT_TYPE, "text/csv"))
			.requireStatus(202);
		JsonNode corrected = this.bulks.awaitCount(batch, "invited", 7);
		assertThat(corrected.at("/counts/invalid").asInt()).isEqualTo(1);
		sent(this.bulks.rows(batch, "?state=invited").get(3));
		this.bulks.awaitState(batch, "COMPLETED");
		repairRows(batch);
		this.partner.post(path(batch) + "/retry", null).requireStatus(202);
		assertThat(this.bulks.awaitCount(batch, "invited", 8).at("/counts/invalid").asInt()).isZero();
	}

	@Test
	void givesABatchUpWhenEveryRowFailsAlone() {
		String batch = waiting("ABCDEF".chars().mapToObj((name) -> named((char) name)).collect(Collectors.joining()));
		damageNames(batch, "Client ");

		this.clock.advance(Duration.ofDays(1));

		JsonNode failed = awaitRetried(batch, (view) -> !view.at("/state").asString().equals("RUNNING"));
		assertThat(failed.at("/failure/code").asString()).isEqualTo("rows-not-decided");
		int leftOut = this.properties.turnFailures() - 1;
		assertThat(failed.at("/counts/invalidByReason/not-decided").asInt()).isEqualTo(leftOut);
		assertThat(failed.at("/counts/cancelled").asInt()).isEqualTo(6 - leftOut);
		this.partner.post(path(batch) + "/retry", null).requireProblem(409, "batch-not-completed");
		assertThat(failed.at("/counts/invited").asInt()).isEqualTo(1);
	}

	/** A batch whose first row is invited today, these on the next day. */
	private String waiting(String lines) {
		invitedToday(this.limits.dailyLimit() - 1);
		String batch = this.bulks.upload(line(0) + lines);
		this.bulks.await(batch, (view) -> view.at("/pacedUntil").isString());
		return batch;
	}

	private static String named(char name) {
		return "{\"rowRef\":\"%c\",\"name\":\"Client %c\",\"email\":\"office@%c.example\"}\n".formatted(name, name,
				Character.toLowerCase(name));
	}

	/** The batch, as soon as it is so; pauses after failures are over at once. */
	private JsonNode awaitRetried(String batch, Predicate<JsonNode> condition) {
		return Awaitility.await().atMost(PATIENCE).until(() -> {
			this.clock.advance(this.properties.turnLongestPause());
			return this.bulks.view(batch);
		}, condition);
	}

	private void sent(JsonNode row) {
		this.facts.record(List.of(this.bulks.report(row, DeliveryState.SENT, null))).block();
	}

	@Test
	void decidesNoMoreRowsWhileTooManyMailsOfThePartnerSpaceWaitButThoseOfOthers() {
		String waiting = this.bulks.upload(line(0));
		this.bulks.awaitCount(waiting, "queued", 1);
		count(waiting, this.properties.lead());

		String held = this.bulks.upload(line(1));
		String stopped = this.bulks.upload(line(2));
		this.partner.post(path(stopped) + "/cancel", null).requireStatus(202);
		this.bulks.awaitState(stopped, "CANCELLED");
		Bulks other = new Bulks(administrator());
		for (int i = 0; i < 2; i++) {
			other.awaitCount(other.upload(line(i)), "invited", 1);
		}

		assertThat(this.bulks.view(held).at("/counts/waiting").asInt()).isEqualTo(1);
		count(waiting, -1);
		this.bulks.awaitCount(held, "invited", 1);
		count(waiting, 1);
		String next = this.bulks.upload(line(3));
		this.partner.post(path(waiting) + "/cancel", null).requireStatus(202);
		this.bulks.awaitCount(next, "invited", 1);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void goesOnWithABatchWhenNothingWasHeardOfTooManyOfItsMails(CapturedOutput output) {
		String batch = waiting(line(1) + line(2));
		count(batch, this.properties.lead());
		double silent = this.meters.counter("invitation.batches.silent").count();

		this.clock.advance(this.properties.silentAfter().plus(Duration.ofMinutes(1)));

		assertThat(this.bulks.awaitDecided(batch).at("/counts/invited").asInt()).isEqualTo(3);
		assertThat(this.meters.counter("invitation.batches.silent").count()).isGreaterThan(silent);
		assertThat(output.toString().lines().filter((line) -> line.contains("Nothing was heard of 1 mails")))
			.anyMatch((line) -> line.contains(" WARN ") && line.contains(batch));
		List<JsonNode> rows = this.bulks.rows(batch, "?state=invited");
		assertThat(rows.getFirst().at("/delivery").asString()).isEqualTo("QUEUED");
		assertThat(rows).extracting((row) -> row.at("/deliveryReason").asString(""))
			.containsExactly("nothing-heard", "", "");
		rows.subList(1, 3).forEach(this::sent);
		count(batch, -this.properties.lead());
		JsonNode counts = this.bulks.awaitState(batch, "COMPLETED").at("/counts");
		assertThat(counts.at("/queued").asInt()).isEqualTo(1);
		assertThat(counts.at("/sent").asInt()).isEqualTo(2);
		assertThat(counts.at("/invited").asInt()).isEqualTo(3);
	}

	@Test
	void letsMailsThatNothingWasHeardOfHoldUpNeitherOtherBatchesNorTheirOwnRetry() {
		String silent = this.bulks.upload(line(0));
		this.bulks.awaitCount(silent, "queued", 1);
		count(silent, this.properties.lead());
		String next = this.bulks.upload(line(1));

		this.clock.advance(this.properties.silentAfter().plus(Duration.ofMinutes(1)));

		this.bulks.awaitCount(next, "invited", 1);
		this.database.sql(
				"UPDATE invitation_batch_count SET name = 'mail:QUEUED:nothing-heard' WHERE batch_id = :id AND shard = -1")
			.bind("id", UUID.fromString(silent))
			.then()
			.block();
		this.bulks.awaitState(silent, "COMPLETED");
		this.partner.post(path(silent) + "/retry", null).requireStatus(202);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.bulks.rows(silent, "").getFirst().at("/deliveryReason").isMissingNode());
		assertThat(this.bulks.view(silent).at("/state").asString()).isEqualTo("RUNNING");
	}

	/** So many more mails of the batch wait. */
	private void count(String batch, long mails) {
		this.database.sql("INSERT INTO invitation_batch_count VALUES (:id, 'mail:QUEUED', -1, :mails)"
				+ " ON CONFLICT (batch_id, name, shard) DO UPDATE SET value = invitation_batch_count.value + excluded.value")
			.bind("id", UUID.fromString(batch))
			.bind("mails", mails)
			.then()
			.block();
	}

	/** The bulks of the Partner Space have invited so many. */
	private void invitedToday(long number) {
		this.database.sql("INSERT INTO partner_space_bulk VALUES (:space, now(), :today, :number)")
			.bind("space", this.partner.space())
			.bind("today", LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC))
			.bind("number", number)
			.then()
			.block();
	}

	private void damageRows(String batch) {
		this.database.sql("UPDATE invitation_batch_chunk SET content = :content WHERE batch_id = :id")
			.bind("content", "[{\"n\":".getBytes(StandardCharsets.UTF_8))
			.bind("id", UUID.fromString(batch))
			.then()
			.block();
	}

	/** The database takes no text with such a character in it. */
	private void damageNames(String batch, String... beginnings) {
		for (String beginning : beginnings) {
			replace("invitation_batch_chunk", batch, beginning, "\\u0000" + beginning);
		}
	}

	private void repairRows(String batch) {
		replace("invitation_batch_row", batch, "\\u0000", "");
	}

	private void replace(String table, String batch, String text, String by) {
		this.database
			.sql("UPDATE " + table
					+ " SET content = convert_to(replace(convert_from(content, 'UTF8'), :text, :by), 'UTF8')"
					+ " WHERE batch_id = :id AND content IS NOT NULL")
			.bind("text", text)
			.bind("by", by)
			.bind("id", UUID.fromString(batch))
			.then()
			.block();
	}

	private double failedTurns() {
		return this.meters.counter("invitation.batch.turns.failed").count();
	}

	private double givenUp() {
		return this.meters.counter("invitation.batches.given.up").count();
	}

}
