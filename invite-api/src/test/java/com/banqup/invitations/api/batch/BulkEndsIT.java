package com.banqup.invitations.api.batch;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationProperties;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.invitation.RecordOnboardingFacts;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.lines;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

/** How batches end, and what can be done about them then. */
class BulkEndsIT extends ApiIntegration {

	@Autowired
	private RecordOnboardingFacts facts;

	@Autowired
	private BatchProperties properties;

	@Autowired
	private InvitationProperties limits;

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
	void stopsMailsThatAreTriedAgainLaterAlthoughTheBatchIsDone() {
		String batch = this.bulks.upload(line(0) + line(1));
		this.bulks.awaitCount(batch, "queued", 2);
		List<JsonNode> rows = this.bulks.rows(batch, "");
		report(rows.get(0), DeliveryState.SENT, null);
		report(rows.get(1), DeliveryState.DEFERRED, "mailbox-busy");
		this.bulks.awaitState(batch, "COMPLETED");

		this.partner.post(path(batch) + "/cancel", null).requireStatus(202);

		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(RecordedRequests.of(STACK, this.partner.space()))
				.hasAtLeastOneElementOfType(BatchCancellationRequested.class));
		othersEnd();
		assertThat(this.bulks.view(batch).at("/state").asString()).isEqualTo("RUNNING");
		report(rows.get(1), DeliveryState.CANCELLED, MailReported.BATCH_CANCELLED);
		JsonNode counts = this.bulks.awaitState(batch, "CANCELLED").at("/counts");
		assertThat(counts.at("/sent").asInt()).isEqualTo(1);
		assertThat(counts.at("/deferred").asInt()).isZero();
		assertThat(counts.at("/cancelled").asInt()).isEqualTo(1);
	}

	@Test
	void waitsForAMailThatMayHaveBeenSentWhenTheBatchIsStoppedButNotForEver() {
		String batch = this.bulks.upload(line(0));
		this.bulks.awaitCount(batch, "queued", 1);
		this.partner.post(path(batch) + "/cancel", null).requireStatus(202);

		report(this.bulks.rows(batch, "").getFirst(), DeliveryState.DEFERRED, "maybe-delivered");

		othersEnd();
		assertThat(this.bulks.view(batch).at("/state").asString()).isEqualTo("RUNNING");
		this.clock.advance(this.properties.silentAfter().plus(Duration.ofMinutes(1)));
		assertThat(this.bulks.awaitState(batch, "CANCELLED").at("/counts/deferred").asInt()).isEqualTo(1);
	}

	@Test
	void hasNothingToStopWhenNoMailWaits() {
		String batch = this.bulks.upload(line(0) + "{\"name\":\"Wrong\",\"email\":\"nobody\"}\n");
		this.bulks.awaitCount(batch, "queued", 1);
		report(this.bulks.rows(batch, "?state=invited").getFirst(), DeliveryState.SENT, null);
		this.bulks.awaitState(batch, "COMPLETED");

		this.partner.post(path(batch) + "/cancel", null).requireProblem(409, "batch-ended");
	}

	@Test
	void takesTheSameUploadForANewBatchWhenTheFirstOneWasStopped() {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		String batch = this.bulks.upload(line(0), "", key);
		this.bulks.awaitCount(batch, "queued", 1);
		JsonNode row = this.bulks.rows(batch, "").getFirst();
		this.partner.post(path(batch) + "/cancel", null).requireStatus(202);
		assertThat(this.bulks.upload(line(0), "", key)).isEqualTo(batch);
		report(row, DeliveryState.CANCELLED, MailReported.BATCH_CANCELLED);
		this.bulks.awaitState(batch, "CANCELLED");

		String again = this.bulks.upload(line(0), "", key);

		assertThat(again).isNotEqualTo(batch);
		assertThat(this.bulks.awaitDecided(again).at("/counts/invited").asInt()).isEqualTo(1);
	}

	@Test
	void doesNotWaitForEverForMailsThatNothingIsHeardOfAndAsksForThemAgain() {
		String batch = this.bulks.upload(line(0) + line(1));
		this.bulks.awaitCount(batch, "queued", 2);
		List<JsonNode> rows = this.bulks.rows(batch, "");
		report(rows.get(0), DeliveryState.SENT, null);
		double silent = this.meters.counter("invitation.batches.silent").count();

		this.clock.advance(this.properties.silentAfter().plus(Duration.ofMinutes(1)));

		assertThat(this.bulks.awaitState(batch, "COMPLETED").at("/counts/queued").asInt()).isEqualTo(1);
		assertThat(this.meters.counter("invitation.batches.silent").count()).isGreaterThan(silent);
		this.partner.post(path(batch) + "/retry", null).requireStatus(202);
		assertThat(this.bulks.awaitDecided(batch).at("/state").asString()).isEqualTo("RUNNING");
		List<InvitationRequested> requests = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RecordedRequests.of(STACK, this.partner.space())
				.stream()
				.map(InvitationRequested.class::cast)
				.toList(), (all) -> all.size() == 3);
		assertThat(requests.getLast().getInvitationId().toString())
			.isEqualTo(rows.get(1).at("/invitationId").asString());
		assertThat(requests.getLast().getGeneration()).isEqualTo(2);
		assertThat(this.bulks.rows(batch, "")).allMatch((row) -> row.at("/deliveryReason").isMissingNode());
	}

	@Test
	void decidesAllSkippedRowsAgainChunkByChunk() {
		int rows = this.properties.chunkRows() * 5 / 2;
		String first = this.bulks.upload(lines(0, rows));
		this.bulks.awaitCount(first, "queued", rows);
		String second = this.bulks.upload(lines(0, rows));
		this.bulks.awaitState(second, "COMPLETED");
		assertThat(this.bulks.view(second).at("/counts/skippedByReason/already-invited").asInt()).isEqualTo(rows);
		this.database.sql("UPDATE invitation SET state = 'REVOKED', revoked_at = now() WHERE batch_id = :id")
			.bind("id", UUID.fromString(first))
			.then()
			.block();

		this.partner.post(path(second) + "/retry", null).requireStatus(202);

		JsonNode counts = this.bulks.awaitCount(second, "queued", rows).at("/counts");
		assertThat(counts.at("/invited").asInt()).isEqualTo(rows);
		assertThat(counts.at("/skipped").asInt()).isZero();
		assertThat(counts.at("/waiting").asInt()).isZero();
	}

	@Test
	void countsMailsThatAreAskedForAgainAmongThoseOfTheDay() {
		String batch = this.bulks.upload(line(0) + line(1));
		this.bulks.awaitCount(batch, "queued", 2);
		this.bulks.rows(batch, "").forEach((row) -> report(row, DeliveryState.REJECTED, "mailbox-full"));
		this.bulks.awaitState(batch, "COMPLETED");
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		this.database
			.sql("UPDATE partner_space_bulk SET day = :today, invited = :invited WHERE partner_space_id = :space")
			.bind("today", today)
			.bind("invited", this.limits.dailyLimit() - 1)
			.bind("space", this.partner.space())
			.then()
			.block();

		this.partner.post(path(batch) + "/retry", null).requireStatus(202);

		JsonNode paced = this.bulks.await(batch, (view) -> view.at("/pacedUntil").isString());
		assertThat(paced.at("/pacedUntil").asString()).isEqualTo(today.plusDays(1) + "T00:00:00Z");
		assertThat(paced.at("/counts/queued").asInt()).isEqualTo(1);
		assertThat(paced.at("/counts/rejected").asInt()).isEqualTo(1);
		this.clock.advance(Duration.ofDays(1));
		this.bulks.awaitCount(batch, "queued", 2);
	}

	@Test
	void doesNotKeepWhatIsAskedForAboutOneInvitationWaitingBehindTheBulk() {
		String batch = this.bulks.upload(line(0) + line(1));
		this.bulks.awaitCount(batch, "queued", 2);
		List<JsonNode> rows = this.bulks.rows(batch, "");

		this.partner.post("/clients/" + rows.get(0).at("/clientId").asString() + "/invitation/resend", null)
			.requireStatus(202);
		this.partner.post("/invitations/" + rows.get(1).at("/invitationId").asString() + "/revoke", null)
			.requireStatus(202);

		List<ConsumerRecord<String, Object>> records = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RecordedRequests.records(STACK, this.partner.space()), (all) -> all.size() == 4);
		assertThat(records).filteredOn((record) -> record.topic().equals(Topics.INVITATION_REQUESTS))
			.extracting(ConsumerRecord::value)
			.hasExactlyElementsOfTypes(InvitationRequested.class, InvitationRevocationRequested.class);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void tellsOperatorsOfAnUnusualBulk(CapturedOutput output) {
		double unusual = this.meters.counter("invitation.batches.unusual").count();
		this.bulks.upload("{}\n".repeat(this.properties.unusualRows() - 1));
		assertThat(this.meters.counter("invitation.batches.unusual").count()).isEqualTo(unusual);

		this.bulks.upload("{}\n".repeat(this.properties.unusualRows()));

		assertThat(this.meters.counter("invitation.batches.unusual").count()).isEqualTo(unusual + 1);
		assertThat(output.toString().lines().filter((line) -> line.contains("Unusual bulk")))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains(" WARN ", this.partner.space().toString(), Integer.toString(this.properties.unusualRows()));
	}

	/** Batches of which nothing waits come to their end meanwhile. */
	private void othersEnd() {
		this.bulks.awaitState(this.bulks.upload("{}\n"), "COMPLETED");
	}

	private void report(JsonNode row, DeliveryState state, @Nullable String reason) {
		this.facts.record(List.of(this.bulks.report(row, state, reason))).block();
	}

}
