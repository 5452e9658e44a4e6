package com.banqup.invitations.api.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

/** Whose rows are decided when. */
class BulkTurnsIT extends ApiIntegration {

	@Autowired
	private BatchProperties properties;

	@Autowired
	private MeterRegistry meters;

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
		invitedToday(this.properties.dailyLimit() - 1);
		String poison = this.bulks.upload(lines, "", key);
		this.bulks.await(poison, (view) -> view.at("/pacedUntil").isString());
		damageRows(poison);
		double failures = failedTurns();
		double givenUp = givenUp();

		this.clock.advance(Duration.ofDays(1));
		String next = this.bulks.upload(line(3));

		assertThat(this.bulks.awaitDecided(next).at("/counts/invited").asInt()).isEqualTo(1);
		JsonNode failed = Awaitility.await().atMost(PATIENCE).until(() -> {
			this.clock.advance(this.properties.turnLongestPause());
			return this.bulks.view(poison);
		}, (view) -> !view.at("/state").asString().equals("RUNNING"));
		assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
		assertThat(failed.at("/failure/code").asString()).isEqualTo("rows-not-decided");
		assertThat(failed.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(failed.at("/counts/waiting").asInt()).isZero();
		assertThat(failed.at("/counts/cancelled").asInt()).isEqualTo(2);
		assertThat(failedTurns() - failures).isGreaterThanOrEqualTo(this.properties.turnFailures());
		assertThat(givenUp() - givenUp).isEqualTo(1);
		String again = this.bulks.upload(lines, "", key);
		assertThat(again).isNotEqualTo(poison);
		assertThat(this.bulks.awaitDecided(again).at("/counts/skippedByReason/already-invited").asInt()).isEqualTo(1);
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

	private double failedTurns() {
		return this.meters.counter("invitation.batch.turns.failed").count();
	}

	private double givenUp() {
		return this.meters.counter("invitation.batches.given.up").count();
	}

}
