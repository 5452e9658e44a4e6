package com.banqup.invitations.api.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

class BulkFollowingIT extends ApiIntegration {

	private Partner partner;

	private Bulks bulks;

	@BeforeEach
	void aPartnerWhoInvitesInBulk() {
		this.partner = administrator();
		this.bulks = new Bulks(this.partner);
	}

	@Test
	void tellsOfProgressUpToTheEndAndWhoeverKnowsTheEndNotToComeBack() {
		String batch = this.bulks.upload(line(0));
		this.bulks.awaitCount(batch, "queued", 1);

		FluxExchangeResult<ServerSentEvent<String>> stream = follow(batch, null);
		List<ServerSentEvent<String>> events = new ArrayList<>();
		StepVerifier.create(stream.getResponseBody().filter((event) -> event.event() != null).doOnNext(events::add))
			.expectNextMatches((event) -> state(event).equals("RUNNING"))
			.then(() -> this.partner.post(path(batch) + "/cancel", null).requireStatus(202))
			.expectNextMatches((event) -> data(event).has("cancelRequestedAt"))
			.then(() -> settle(batch))
			.thenConsumeWhile((event) -> state(event).equals("RUNNING"))
			.expectNextMatches((event) -> state(event).equals("CANCELLED"))
			.expectComplete()
			.verify(PATIENCE);

		assertThat(events).allMatch((event) -> "progress".equals(event.event()));
		assertThat(follow(batch, events.getLast().id()).getStatus().value()).isEqualTo(204);
		StepVerifier.create(follow(batch, "unknown").getResponseBody().filter((event) -> event.event() != null))
			.expectNextMatches((event) -> state(event).equals("CANCELLED"))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void givesTheRowsAsFilesThatSpreadsheetsTakeForText() {
		String batch = this.bulks.upload("{\"rowRef\":\"=1+1\",\"name\":\"A\",\"email\":\"nobody\"}\n" + line(1));
		this.bulks.awaitDecided(batch);

		String csv = rows(batch, "text/csv", "");
		assertThat(csv.lines().toList()).hasSize(3);
		assertThat(csv).startsWith("\uFEFFrow,line,rowRef,state,reason,detail,");
		assertThat(csv.lines().skip(1).findFirst().orElseThrow()).startsWith("1,1,'=1+1,INVALID,invalid-address,");
		String ndjson = rows(batch, "application/x-ndjson", "?state=invited");
		assertThat(ndjson.lines().toList()).hasSize(1);
		assertThat(JsonMapper.shared().readTree(ndjson).at("/line").asInt()).isEqualTo(2);
	}

	@Test
	void knowsTheRowsOfItsOwnFileAgain() {
		List<String> names = List.of("-5", "'-5", "''@a", "=1+1", "'s", "K-1");
		String batch = this.bulks.upload(names.stream()
			.map((name) -> "{\"rowRef\":\"" + name + "\",\"name\":\"Wrong\",\"email\":\"nobody\"}\n")
			.collect(Collectors.joining()));
		this.bulks.awaitState(batch, "COMPLETED");
		List<String> lines = rows(batch, "text/csv", "?state=invalid").lines().toList();
		String corrected = lines.getFirst() + ",name,email\n"
				+ lines.stream()
					.skip(1)
					.map((line) -> line + ",Right,r" + line.substring(0, 1) + "@r.example\n")
					.collect(Collectors.joining());

		this.partner.post(path(batch) + "/retry", corrected, Map.of(HttpHeaders.CONTENT_TYPE, "text/csv"))
			.requireStatus(202);

		this.bulks.awaitCount(batch, "queued", names.size());
		assertThat(rows(batch, "application/x-ndjson", "").lines()
			.map((line) -> JsonMapper.shared().readTree(line).at("/rowRef").asString()))
			.containsExactlyElementsOf(names);
	}

	@Test
	void pacesWhatIsBeyondTheDaysNumberToTheNextDay() {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		this.database.sql("INSERT INTO partner_space_bulk VALUES (:space, now(), :today, 999999)")
			.bind("space", this.partner.space())
			.bind("today", today)
			.then()
			.block();

		String batch = this.bulks.upload(line(0) + line(1) + "no json\n" + line(2));

		JsonNode paced = this.bulks.await(batch, (view) -> view.at("/pacedUntil").isString());
		assertThat(paced.at("/pacedUntil").asString()).isEqualTo(today.plusDays(1) + "T00:00:00Z");
		assertThat(paced.at("/state").asString()).isEqualTo("RUNNING");
		assertThat(paced.at("/rate").isMissingNode()).isTrue();
		assertThat(paced.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(paced.at("/counts/waiting").asInt()).isEqualTo(3);
		assertThat(states(rows(batch, "application/x-ndjson", ""))).containsExactly("1 INVITED", "2 WAITING",
				"3 WAITING", "4 WAITING");
		assertThat(states(rows(batch, "application/x-ndjson", "?state=waiting"))).containsExactly("2 WAITING",
				"3 WAITING", "4 WAITING");
		assertThat(rows(batch, "text/csv", "?state=skipped").lines()).hasSize(1);

		this.clock.advance(Duration.ofDays(1));
		// The counts are read after the batch: they can be ahead of it.
		JsonNode gone = this.bulks.await(batch,
				(view) -> view.at("/counts/waiting").asInt() == 0 && view.at("/pacedUntil").isMissingNode());
		assertThat(gone.at("/counts/invited").asInt()).isEqualTo(3);
		assertThat(gone.at("/counts/invalid").asInt()).isEqualTo(1);
		assertThat(gone.at("/rate").asDouble()).isPositive();
	}

	@Test
	void refusesParametersThatAreNone() {
		String batch = this.bulks.upload(line(0));

		assertThat(this.partner.get(path(batch) + "/rows?state=lost&cursor=x&limit=0")
			.requireProblem(400, "invalid-request")
			.errorFields()).containsExactly("cursor", "limit", "state");
	}

	@ParameterizedTest
	@CsvSource({ "progress, text/event-stream", "rows, application/x-ndjson", "rows, text/csv" })
	void givesProblemsToWhoeverAcceptsFilesOrEventsOnly(String what, String type) {
		Map<String, String> accept = Map.of(HttpHeaders.ACCEPT, type, "Last-Event-ID", "nonsense");
		String unknown = "/invitation-batches/" + UUID.randomUUID() + "/" + what;

		this.partner.send(HttpMethod.GET, unknown, null, accept).requireProblem(404, "batch-not-found");
		this.partner.send(HttpMethod.GET, "/invitation-batches/one/" + what, null, accept)
			.requireProblem(400, "invalid-request");
		withToken(this.partner.space(), null).send(HttpMethod.GET, unknown, null, accept)
			.requireProblem(401, "token-required");
		withToken(this.partner.space(), "nonsense").send(HttpMethod.GET, unknown, null, accept)
			.requireProblem(401, "invalid-token");
		withToken(UUID.randomUUID(), this.partner.token()).send(HttpMethod.GET, unknown, null, accept)
			.requireProblem(404, "partner-space-not-found");
		this.partner.send(HttpMethod.POST, unknown, null, accept).requireProblem(405, "method-not-allowed");
	}

	private void settle(String batch) {
		this.database.sql("UPDATE invitation SET delivery_state = 'CANCELLED' WHERE batch_id = :batch")
			.bind("batch", UUID.fromString(batch))
			.then()
			.block();
	}

	private FluxExchangeResult<ServerSentEvent<String>> follow(String batch, @Nullable String lastEventId) {
		WebTestClient.RequestHeadersSpec<?> request = this.http.get()
			.uri("/v1/partner-spaces/" + this.partner.space() + path(batch) + "/progress")
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.partner.token())
			.header(HttpHeaders.ACCEPT, "text/event-stream");
		if (lastEventId != null) {
			request = request.header("Last-Event-ID", lastEventId);
		}
		return request.exchange().returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
		});
	}

	private static String state(ServerSentEvent<String> event) {
		return data(event).at("/state").asString();
	}

	private static JsonNode data(ServerSentEvent<String> event) {
		return JsonMapper.shared().readTree(String.valueOf(event.data()));
	}

	private String rows(String batch, String type, String query) {
		byte[] body = this.http.get()
			.uri("/v1/partner-spaces/" + this.partner.space() + path(batch) + "/rows" + query)
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.partner.token())
			.header(HttpHeaders.ACCEPT, type)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return new String(Objects.requireNonNull(body), StandardCharsets.UTF_8);
	}

	private static List<String> states(String rows) {
		return rows.lines()
			.map((line) -> JsonMapper.shared().readTree(line))
			.map((row) -> row.at("/line").asInt() + " " + row.at("/state").asString())
			.toList();
	}

}
