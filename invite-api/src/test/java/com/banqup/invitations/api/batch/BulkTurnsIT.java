package com.banqup.invitations.api.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose rows are decided when. */
class BulkTurnsIT extends ApiIntegration {

	@Autowired
	private BatchProperties properties;

	@Autowired
	private MeterRegistry meters;

	private Partner partner;

	private UUID template;

	@BeforeEach
	void aPartnerWithATemplate() {
		this.partner = administrator();
		this.template = this.partner.createTemplate();
	}

	@Test
	void passesOverRowsThatCannotBeDecidedAndGivesThemUpInTheEnd() {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		String lines = line(0) + line(1) + line(2);
		invitedToday(this.properties.dailyLimit() - 1);
		String poison = upload(lines, key);
		await(poison, (view) -> view.at("/pacedUntil").isString());
		damageRows(poison);
		double failures = failedTurns();
		double givenUp = givenUp();

		this.clock.advance(Duration.ofDays(1));
		String next = upload(line(3), Map.of());

		assertThat(await(next, (view) -> view.at("/counts/waiting").asInt() == 0).at("/counts/invited").asInt())
			.isEqualTo(1);
		JsonNode failed = Awaitility.await().atMost(PATIENCE).until(() -> {
			this.clock.advance(this.properties.turnLongestPause());
			return view(poison);
		}, (view) -> !view.at("/state").asString().equals("RUNNING"));
		assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
		assertThat(failed.at("/failure/code").asString()).isEqualTo("rows-not-decided");
		assertThat(failed.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(failed.at("/counts/waiting").asInt()).isZero();
		assertThat(failed.at("/counts/cancelled").asInt()).isEqualTo(2);
		assertThat(failedTurns() - failures).isGreaterThanOrEqualTo(this.properties.turnFailures());
		assertThat(givenUp() - givenUp).isEqualTo(1);
		String again = upload(lines, key);
		assertThat(again).isNotEqualTo(poison);
		assertThat(await(again, (view) -> view.at("/counts/waiting").asInt() == 0)
			.at("/counts/skippedByReason/already-invited")
			.asInt()).isEqualTo(1);
	}

	@Test
	void decidesNoMoreRowsWhileTooManyMailsOfThePartnerSpaceWaitButThoseOfOthers() {
		String waiting = upload(line(0), Map.of());
		await(waiting, (view) -> view.at("/counts/queued").asInt() == 1);
		count(waiting, this.properties.lead());

		String held = upload(line(1), Map.of());
		String stopped = upload(line(2), Map.of());
		this.partner.post("/invitation-batches/" + stopped + "/cancel", null).requireStatus(202);
		await(stopped, (view) -> view.at("/state").asString().equals("CANCELLED"));
		Partner other = administrator();
		for (int i = 0; i < 2; i++) {
			awaitInvited(other, upload(other, other.createTemplate(), line(i), Map.of()));
		}

		assertThat(view(held).at("/counts/waiting").asInt()).isEqualTo(1);
		count(waiting, -1);
		awaitInvited(this.partner, held);
	}

	private static void awaitInvited(Partner partner, String batch) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> partner.get("/invitation-batches/" + batch).requireStatus(200).json(),
					(view) -> view.at("/counts/invited").asInt() == 1);
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

	private String upload(String lines, Map<String, String> headers) {
		return upload(this.partner, this.template, lines, headers);
	}

	private static String upload(Partner partner, UUID template, String lines, Map<String, String> headers) {
		Map<String, String> all = new HashMap<>(headers);
		all.put(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
		Response created = partner.post("/invitation-batches?templateId=" + template, lines, all);
		return String.valueOf(created.requireStatus(202).text("id"));
	}

	private static String line(int number) {
		return "{\"name\":\"Client %d\",\"email\":\"office@c%d.example\"}\n".formatted(number, number);
	}

	private JsonNode view(String batch) {
		return this.partner.get("/invitation-batches/" + batch).requireStatus(200).json();
	}

	private JsonNode await(String batch, Predicate<JsonNode> condition) {
		return Awaitility.await().atMost(PATIENCE).until(() -> view(batch), condition);
	}

}
