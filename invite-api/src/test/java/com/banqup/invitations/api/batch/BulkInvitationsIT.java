package com.banqup.invitations.api.batch;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.Response;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.api.invitation.RecordOnboardingFacts;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.schemas.Topics;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.lines;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

class BulkInvitationsIT extends ApiIntegration {

	@Autowired
	private RecordOnboardingFacts facts;

	@Autowired
	private FollowerSlots followers;

	@Autowired
	private UploadSlots uploads;

	@Autowired
	private BatchProperties properties;

	private Partner partner;

	private Bulks bulks;

	@BeforeEach
	void aPartnerWhoInvitesInBulk() {
		this.partner = administrator();
		this.bulks = new Bulks(this.partner);
	}

	@Test
	void addsClientsInvitesThemAndAsksForTheirMailsByTheBulkTopic() {
		String batch = this.bulks
			.upload("""
					{"rowRef":"r1","externalReference":"K-1","name":"Bäckerei Müller","email":"info@mueller.example","language":"de","message":"Guten Tag"}
					{"rowRef":"r2","name":"Dupont","email":"info@dupont.example"}
					""");

		JsonNode decided = this.bulks.awaitDecided(batch);
		assertThat(decided.at("/state").asString()).isEqualTo("RUNNING");
		assertThat(decided.at("/counts/rows").asInt()).isEqualTo(2);
		assertThat(decided.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(decided.at("/counts/queued").asInt()).isEqualTo(2);
		List<InvitationRequested> requests = requests(2);
		assertThat(requests).extracting(InvitationRequested::getEmail)
			.containsExactly("info@mueller.example", "info@dupont.example");
		assertThat(requests).extracting(InvitationRequested::getLanguage).containsExactly("de", "nl");
		assertThat(requests).extracting(InvitationRequested::getMessage).containsExactly("Guten Tag", "Welkom");
		assertThat(requests)
			.allSatisfy((request) -> assertThat(request.getBatchId()).isEqualTo(UUID.fromString(batch)));
		List<JsonNode> rows = this.bulks.rows(batch, "");
		assertThat(rows).extracting((row) -> row.at("/rowRef").asString()).containsExactly("r1", "r2");
		assertThat(rows).extracting((row) -> row.at("/delivery").asString()).containsExactly("QUEUED", "QUEUED");
		Response client = this.partner.client(UUID.fromString(rows.getFirst().at("/clientId").asString()));
		assertThat(client.text("externalReference")).isEqualTo("K-1");
		assertThat(client.text("invitation.id")).isEqualTo(rows.getFirst().at("/invitationId").asString());
	}

	@Test
	void takesTheClientThatIsThereByReferenceElseByAddressAndName() {
		UUID byReference = this.partner
			.addClient(Map.of("name", "Old name", "email", "a@a.example", "externalReference", "K-1"));
		UUID byAddress = this.partner.addClient(Map.of("name", "Café Zoë", "email", "Zoe@zoe.example"));

		String batch = this.bulks.upload("""
				{"externalReference":"K-1","name":"New name","email":"A@a.example"}
				{"name":"CAFE ZOE","email":"zoe@ZOE.example"}
				{"name":"Another at the address","email":"zoe@zoe.example"}
				""");

		this.bulks.awaitCount(batch, "invited", 3);
		List<JsonNode> rows = this.bulks.rows(batch, "");
		assertThat(rows.get(0).at("/clientId").asString()).isEqualTo(byReference.toString());
		assertThat(rows.get(1).at("/clientId").asString()).isEqualTo(byAddress.toString());
		assertThat(rows.get(2).at("/clientId").asString()).isNotEqualTo(byAddress.toString());
		assertThat(this.partner.client(byReference).text("name")).isEqualTo("Old name");
	}

	@Test
	void saysWhyNobodyWasInvitedByARow() {
		UUID invited = this.partner.addClient(Map.of("name", "Invited", "email", "i@i.example"));
		UUID standing = this.partner.inviteOne(this.bulks.template(), invited);
		UUID linked = this.partner.addClient(Map.of("name", "Linked", "email", "l@l.example"));
		link(linked, this.partner.inviteOne(this.bulks.template(), linked));
		this.partner.addClient(Map.of("name", "Moved", "email", "old@m.example", "externalReference", "K-9"));

		String batch = this.bulks.upload("""
				{"name":"Invited","email":"i@i.example"}
				{"name":"Linked","email":"l@l.example"}
				{"name":"Moved","email":"new@m.example","externalReference":"K-9"}
				{"name":"Wrong","email":"nobody"}
				{"name":"New","email":"n@n.example"}
				{"name":"new","email":"N@n.example"}
				no json
				""");

		JsonNode view = this.bulks.awaitDecided(batch);
		assertThat(this.bulks.rows(batch, "")).extracting((row) -> row.at("/reason").asString())
			.containsExactly("already-invited", "already-linked", "address-differs", "invalid-address", "",
					"duplicate-in-batch", "malformed");
		assertThat(this.bulks.rows(batch, "?state=skipped").getFirst().at("/invitationId").asString())
			.isEqualTo(standing.toString());
		assertThat(this.bulks.rows(batch, "?state=invalid")).extracting((row) -> row.at("/line").asInt())
			.containsExactly(4, 7);
		assertThat(view.at("/counts/skipped").asInt()).isEqualTo(4);
		assertThat(view.at("/counts/skippedByReason/already-linked").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/invalidByReason/malformed").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(1);
	}

	@Test
	void findsDuplicatesAcrossChunks() {
		String lines = line(0) + line(1).repeat(1_200);

		String batch = this.bulks.upload(lines);

		JsonNode view = this.bulks.awaitDecided(batch);
		assertThat(view.at("/counts/rows").asInt()).isEqualTo(1_201);
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(view.at("/counts/skippedByReason/duplicate-in-batch").asInt()).isEqualTo(1_199);
		assertThat(
				this.partner.get(path(batch) + "/rows?state=skipped&limit=1").requireStatus(200).text("items.0.detail"))
			.isEqualTo("Row 2 of the batch names the same client.");
	}

	@Test
	void followsTheMailsUpToTheEnd() {
		String batch = this.bulks.upload(line(0) + line(1) + line(2));
		this.bulks.awaitCount(batch, "queued", 3);
		List<JsonNode> rows = this.bulks.rows(batch, "");

		report(rows.get(0), DeliveryState.SENT, null);
		report(rows.get(1), DeliveryState.DEFERRED, "mailbox-busy");
		report(rows.get(2), DeliveryState.REJECTED, "mailbox-unknown");

		JsonNode view = this.bulks.awaitState(batch, "COMPLETED");
		assertThat(view.at("/counts/sent").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/deferred").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/rejected").asInt()).isEqualTo(1);
		assertThat(view.at("/endedAt").asString()).isNotEmpty();
		assertThat(view.at("/rate").asDouble()).isPositive();

		report(rows.get(1), DeliveryState.SENT, null);
		progress(rows.get(0), Progress.OPENED);
		link(id(rows.get(0), "clientId"), id(rows.get(0), "invitationId"));
		JsonNode counts = this.bulks.view(batch).at("/counts");
		assertThat(counts.at("/sent").asInt()).isEqualTo(2);
		assertThat(counts.at("/deferred").asInt()).isZero();
		assertThat(counts.at("/opened").asInt()).isEqualTo(1);
		assertThat(counts.at("/linked").asInt()).isEqualTo(1);
		assertThat(this.bulks.rows(batch, "").get(2).at("/deliveryReason").asString()).isEqualTo("mailbox-unknown");
	}

	@Test
	void tellsInADryRunWhatWouldBe() {
		this.partner.inviteOne(this.bulks.template(),
				this.partner.addClient(Map.of("name", "Known", "email", "k@k.example")));

		String batch = this.bulks.upload(line(0) + line(0) + "{\"name\":\"Known\",\"email\":\"k@k.example\"}\n",
				"&dryRun=true", Map.of());

		JsonNode view = this.bulks.awaitState(batch, "COMPLETED");
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/queued").asInt()).isZero();
		assertThat(this.bulks.rows(batch, "")).extracting((row) -> row.at("/reason").asString())
			.containsExactly("", "duplicate-in-batch", "already-invited");
		assertThat(this.partner.get("/clients").requireStatus(200).json().at("/items").size()).isEqualTo(1);
	}

	@Test
	void remembersInADryRunWhomEarlierChunksNamed() {
		String batch = this.bulks.upload(line(1) + lines(2, 1_050) + line(1), "&dryRun=true", Map.of());

		JsonNode view = this.bulks.awaitState(batch, "COMPLETED");
		assertThat(view.at("/counts/skippedByReason/duplicate-in-batch").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(1_049);
	}

	@Test
	void takesInADryRunTwoReferencesAtOneAddressForTwoClientsAcrossChunks() {
		String row = "{\"externalReference\":\"K-%d\",\"name\":\"A\",\"email\":\"a@a.example\"}\n";
		String between = lines(0, 1_000);

		String batch = this.bulks.upload(row.formatted(1) + between + row.formatted(2) + row.formatted(1),
				"&dryRun=true", Map.of());

		JsonNode view = this.bulks.awaitState(batch, "COMPLETED");
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(1_002);
		assertThat(view.at("/counts/skippedByReason/duplicate-in-batch").asInt()).isEqualTo(1);
	}

	@Test
	void invitesClientsByTheirIds() {
		List<UUID> clients = insertClients(this.partner.space(), 3);

		Response created = this.partner.post(this.bulks.uploadPath(),
				Map.of("clientIds", List.of(clients.get(0), clients.get(1), clients.get(0), UUID.randomUUID())));

		String batch = String.valueOf(created.requireStatus(202).text("id"));
		this.bulks.awaitDecided(batch);
		assertThat(this.bulks.rows(batch, "")).extracting((row) -> row.at("/reason").asString())
			.containsExactly("", "", "duplicate-in-batch", "unknown-client");
	}

	@Test
	void invitesClientsByAFilter() {
		List<UUID> clients = insertClients(this.partner.space(), 3);
		this.partner.inviteOne(this.bulks.template(), clients.get(1));

		Response created = this.partner.post(this.bulks.uploadPath(),
				Map.of("filter", Map.of("tab", "inactive", "neverInvited", true)));

		String batch = String.valueOf(created.requireStatus(202).text("id"));
		assertThat(this.bulks.awaitDecided(batch).at("/counts/invited").asInt()).isEqualTo(2);
		this.partner.post(this.bulks.uploadPath(), Map.of("filter", Map.of("createdBefore", "2020-01-01T00:00:00Z")))
			.requireProblem(400, "no-rows");
	}

	@Test
	void givesTheSameBatchForTheSameFilterThoughOthersWouldBeSelectedNow() {
		insertClients(this.partner.space(), 3);
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		String path = this.bulks.uploadPath();
		Map<String, Object> filter = Map.of("filter", Map.of("neverInvited", true));
		String batch = String.valueOf(this.partner.post(path, filter, key).requireStatus(202).text("id"));
		this.bulks.awaitCount(batch, "invited", 3);

		Response none = this.partner.post(path, filter, key).requireStatus(202);
		insertClients(this.partner.space(), 2);
		Response others = this.partner.post(path, filter, key).requireStatus(202);

		assertThat(none.text("id")).isEqualTo(batch);
		assertThat(none.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
		assertThat(others.text("id")).isEqualTo(batch);
		assertThat(others.json().at("/counts/rows").asInt()).isEqualTo(3);
		this.partner.post(path, Map.of("filter", Map.of("tab", "inactive")), key)
			.requireProblem(422, "idempotency-key-reused");
		this.partner.post(path, Map.of("clientIds", List.of(UUID.randomUUID())), key)
			.requireProblem(422, "idempotency-key-reused");
	}

	@Test
	void selectsAnewWhenTheSelectionBroke() {
		List<UUID> clients = insertClients(this.partner.space(), 2);
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		String path = this.bulks.uploadPath();
		Map<String, Object> filter = Map.of("filter", Map.of("neverInvited", true));
		String batch = String
			.valueOf(this.partner.post(path + "&dryRun=true", filter, key).requireStatus(202).text("id"));
		this.bulks.awaitState(batch, "COMPLETED");
		this.database.sql(
				"UPDATE invitation_batch SET state = 'RECEIVING', received_at = NULL, running_since = NULL, ended_at = NULL"
						+ " WHERE id = :id")
			.bind("id", UUID.fromString(batch))
			.then()
			.block();
		this.partner.inviteOne(this.bulks.template(), clients.getFirst());

		Response again = this.partner.post(path + "&dryRun=true", filter, key).requireStatus(202);

		assertThat(again.text("id")).isNotEqualTo(batch);
		assertThat(again.json().at("/counts/rows").asInt()).isEqualTo(1);
		assertThat(this.bulks.view(batch).at("/state").asString()).isEqualTo("FAILED");
	}

	@Test
	void givesTheSameBatchForTheSameUploadAndRefusesAnother() {
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		String batch = this.bulks.upload(line(0) + line(1), "", key);

		Response repeated = this.bulks.send(line(0) + line(1), "", key).requireStatus(202);
		assertThat(repeated.text("id")).isEqualTo(batch);
		assertThat(repeated.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
		assertThat(this.bulks.send(line(0) + line(2), "", key)
			.requireProblem(422, "idempotency-key-reused")
			.text("detail")).contains("among rows 1 to 2.");
		assertThat(this.bulks.send(line(0) + line(1) + line(2), "", key)
			.requireProblem(422, "idempotency-key-reused")
			.text("detail")).contains("row 3 is the first that differs");
		this.bulks.send(line(0), "", key).requireProblem(422, "idempotency-key-reused");
		this.bulks.send(line(0) + line(1), "&dryRun=true", key).requireProblem(422, "idempotency-key-reused");
		this.bulks.awaitCount(batch, "invited", 2);
		assertThat(requests(2)).hasSize(2);
	}

	@Test
	void stopsWhatWaitsAndEndsInvitationsWhoseMailsWereStopped() {
		String batch = this.bulks.upload(line(0) + line(1));
		this.bulks.awaitCount(batch, "queued", 2);
		List<JsonNode> rows = this.bulks.rows(batch, "");

		this.partner.post(path(batch) + "/cancel", null).requireStatus(202);

		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(RecordedRequests.of(STACK, this.partner.space()))
				.filteredOn(BatchCancellationRequested.class::isInstance)
				.extracting((cancellation) -> ((BatchCancellationRequested) cancellation).getBatchId().toString())
				.containsExactly(batch));
		report(rows.get(0), DeliveryState.SENT, null);
		report(rows.get(1), DeliveryState.CANCELLED, MailReported.BATCH_CANCELLED);
		JsonNode view = this.bulks.awaitState(batch, "CANCELLED");
		assertThat(view.at("/counts/cancelled").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/cancelledByReason/batch-cancelled").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/sent").asInt()).isEqualTo(1);
		assertThat(this.bulks.rows(batch, "?state=cancelled")).extracting((row) -> row.at("/line").asInt())
			.containsExactly(2);
		assertThat(this.bulks.rows(batch, "?state=invited")).extracting((row) -> row.at("/line").asInt())
			.containsExactly(1);
		assertThat(this.partner.invitation(id(rows.get(1), "invitationId")).text("state")).isEqualTo("REVOKED");
		this.partner.inviteOne(this.bulks.template(), id(rows.get(1), "clientId"));
		this.partner.post(path(batch) + "/cancel", null).requireStatus(202);
	}

	@Test
	void triesSkippedRowsAndMailsThatWereGivenUpAgain() {
		UUID pending = this.partner.addClient(Map.of("name", "Pending", "email", "p@p.example"));
		UUID standing = this.partner.inviteOne(this.bulks.template(), pending);
		String batch = this.bulks.upload(line(0) + "{\"name\":\"Pending\",\"email\":\"p@p.example\"}\n");
		this.partner.post(path(batch) + "/retry", null).requireProblem(409, "batch-not-completed");
		JsonNode rejected = await(() -> this.bulks.rows(batch, "?state=invited"), (rows) -> !rows.isEmpty()).getFirst();
		report(rejected, DeliveryState.REJECTED, "mailbox-unknown");
		this.bulks.awaitState(batch, "COMPLETED");
		this.partner.patch("/clients/" + rejected.at("/clientId").asString(), Map.of("email", "new@address.example"))
			.requireStatus(200);
		this.partner.post("/invitations/" + standing + "/revoke", null).requireStatus(202);
		end(pending, standing);

		this.partner.post(path(batch) + "/retry", null).requireStatus(202);

		JsonNode view = this.bulks.awaitCount(batch, "queued", 2);
		assertThat(view.at("/counts/rejected").asInt()).isZero();
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(view.at("/counts/skipped").asInt()).isZero();
		assertThat(view.at("/rate").asDouble()).isZero();
		assertThat(this.database.sql("SELECT settled_before FROM invitation_batch WHERE id = :id")
			.bind("id", UUID.fromString(batch))
			.mapValue(Long.class)
			.one()
			.block()).isZero();
		List<InvitationRequested> requests = requests(3);
		assertThat(requests).extracting(InvitationRequested::getEmail)
			.containsExactlyInAnyOrder("office@c0.example", "new@address.example", "p@p.example");
		assertThat(this.partner.invitation(id(rejected, "invitationId")).json().at("/generation").asInt()).isEqualTo(2);
	}

	@Test
	void decidesCorrectedRowsInsteadOfTheFailedOnes() {
		String batch = this.bulks.upload(line(0) + "{\"rowRef\":\"r2\",\"name\":\"Wrong\",\"email\":\"nobody\"}\n"
				+ "{\"rowRef\":\"r3\",\"name\":\"Also wrong\",\"email\":\"nobody\"}\n");
		report(await(() -> this.bulks.rows(batch, "?state=invited"), (rows) -> !rows.isEmpty()).getFirst(),
				DeliveryState.SENT, null);
		this.bulks.awaitState(batch, "COMPLETED");
		Map<String, String> csv = Map.of(HttpHeaders.CONTENT_TYPE, "text/csv");
		this.partner.post(path(batch) + "/retry", null).requireProblem(409, "nothing-to-retry");
		Response unknown = this.partner
			.post(path(batch) + "/retry", "rowRef;name;email\nr2;Right;r@r.example\nr9;Nobody;n@n.example\n", csv)
			.requireProblem(400, "unknown-rows");
		assertThat(unknown.errorFields()).containsExactly("line 3");
		assertThat(unknown.text("errors.0.message")).contains("is invited by now",
				"expected: the rowRef of a row that failed");
		assertThat(unknown.json().at("/row").asInt()).isEqualTo(2);
		assertThat(unknown.json().at("/line").asInt()).isEqualTo(3);
		Response unreadable = this.partner
			.post(path(batch) + "/retry", "rowRef;name;email\nr9;Nobody;n@n.example\n\"r2\"x;Right;r@r.example\n", csv)
			.requireProblem(400, "unknown-rows");
		assertThat(unreadable.json().at("/errors").valueStream().map((error) -> error.at("/field").asString()))
			.containsExactly("line 2", "line 3");
		assertThat(unreadable.text("errors.1.message")).startsWith("no rowRef can be read: ").contains("quote");
		this.partner.postUntyped(path(batch) + "/retry", "rowRef;name;email\nr2;Right;r@r.example\n")
			.requireProblem(415, "unsupported-media-type");
		this.partner.post(path(batch) + "/retry", Map.of("clientIds", List.of(UUID.randomUUID())))
			.requireProblem(415, "unsupported-media-type");
		assertThat(this.bulks.view(batch).at("/state").asString()).isEqualTo("COMPLETED");

		this.partner.post(path(batch) + "/retry", "rowRef;name;email\nr2;Right;r@r.example\n", csv).requireStatus(202);

		JsonNode view = this.bulks.awaitCount(batch, "queued", 1);
		assertThat(view.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(view.at("/counts/invalid").asInt()).isEqualTo(1);
		assertThat(view.at("/counts/waiting").asInt()).isZero();
		assertThat(this.bulks.rows(batch, "?state=invited")).extracting((row) -> row.at("/line").asInt())
			.containsExactly(1, 2);
	}

	@Test
	void correctsTheFirstOfTheFailedRowsWithOneName() {
		String wrong = "{\"rowRef\":\"%s\",\"name\":\"Wrong\",\"email\":\"nobody\"}\n";
		String batch = this.bulks.upload(wrong.formatted("A") + wrong.formatted("A") + wrong.formatted("B"));
		this.bulks.awaitState(batch, "COMPLETED");
		Map<String, String> csv = Map.of(HttpHeaders.CONTENT_TYPE, "text/csv");

		this.partner.post(path(batch) + "/retry", "rowRef;name;email\nA;Right;a@r.example\nB;Right;b@r.example\n", csv)
			.requireStatus(202);

		this.bulks.awaitCount(batch, "queued", 2);
		assertThat(this.bulks.rows(batch, "?state=invited")).extracting((row) -> row.at("/line").asInt())
			.containsExactly(1, 3);
		assertThat(this.bulks.rows(batch, "?state=invalid")).extracting((row) -> row.at("/line").asInt())
			.containsExactly(2);
	}

	@Test
	void takesCorrectionsLikeUploadsInSlotsAndChunksAndNotTooManyAtOnce() {
		String wrong = IntStream.range(0, 1_500)
			.mapToObj((number) -> "{\"rowRef\":\"r%d\",\"name\":\"Wrong\",\"email\":\"nobody\"}\n".formatted(number))
			.collect(Collectors.joining());
		String batch = this.bulks.upload(wrong);
		this.bulks.awaitState(batch, "COMPLETED");
		Map<String, String> csv = Map.of(HttpHeaders.CONTENT_TYPE, "text/csv");
		String tooLong = "rowRef,name,email,message\n" + ("r,R,r@r.example," + "m".repeat(2_000) + "\n")
			.repeat(this.properties.correctionCharacters() / 2_000);
		String corrections = "rowRef,name,email\n" + IntStream.range(0, 1_500)
			.mapToObj((number) -> "r%d,Right %d,r%d@r.example\n".formatted(number, number, number))
			.collect(Collectors.joining());

		Response tooMany = this.partner.post(path(batch) + "/retry", tooLong, csv).requireProblem(413, "too-many-rows");
		assertThat(tooMany.json().at("/row").asInt()).isEqualTo(2_000);
		assertThat(tooMany.json().at("/line").asInt()).isEqualTo(2_001);
		PartnerSpaceId space = new PartnerSpaceId(this.partner.space());
		List<Disposable> others = Stream.generate(() -> this.uploads.hold(space, Flux::never).subscribe())
			.limit(this.properties.uploads())
			.toList();
		this.partner.post(path(batch) + "/retry", corrections, csv).requireProblem(429, "too-many-uploads");
		others.forEach(Disposable::dispose);
		this.partner.post(path(batch) + "/retry", corrections, csv).requireStatus(202);

		this.bulks.awaitCount(batch, "queued", 1_500);
		assertThat(
				this.database.sql("SELECT chunks - uploaded_chunks AS corrected FROM invitation_batch WHERE id = :id")
					.bind("id", UUID.fromString(batch))
					.mapValue(Integer.class)
					.one()
					.block())
			.isEqualTo(2);
	}

	@Test
	void listsBatchesNewestFirstAndShowsThemToNobodyElse() {
		String first = this.bulks.upload(line(0));
		String second = this.bulks.upload(line(1));

		Response page = this.partner.get("/invitation-batches?limit=1").requireStatus(200);
		assertThat(page.text("items.0.id")).isEqualTo(second);
		Response next = this.partner.get("/invitation-batches?cursor=" + page.text("nextCursor")).requireStatus(200);
		assertThat(next.text("items.0.id")).isEqualTo(first);
		assertThat(next.text("nextCursor")).isNull();
		administrator().get(path(first)).requireProblem(404, "batch-not-found");
		administrator().get(path(first) + "/rows").requireProblem(404, "batch-not-found");
		administrator().post(path(first) + "/cancel", null).requireProblem(404, "batch-not-found");
	}

	@Test
	void refusesBeforeItReadsWhatCanNeverBeTaken() {
		String path = "/invitation-batches?templateId=";
		Map<String, String> ndjson = Map.of(HttpHeaders.CONTENT_TYPE, "application/x-ndjson");
		this.partner.post(path + UUID.randomUUID(), line(0), ndjson)
			.requireProblem(404, "configuration-template-not-found");
		this.partner.post("/invitation-batches", line(0), ndjson).requireProblem(400, "invalid-request");
		this.partner.post(path + this.bulks.template(), "", ndjson).requireProblem(400, "empty-upload");
		partner(this.partner.space(), "Accountant").post(path + this.bulks.template(), line(0), ndjson)
			.requireProblem(403, "role-not-sufficient");
		Partner nameless = administratorOf(UUID.randomUUID());
		nameless.post(path + nameless.createTemplate(), line(0), ndjson)
			.requireProblem(409, "partner-space-without-name");
		assertThat(this.partner.get("/invitation-batches").requireStatus(200).json().at("/items").size()).isZero();
	}

	@Test
	void letsSoManyFollowAndNoMore() {
		String path = path(this.bulks.upload(line(1))) + "/progress";
		PartnerSpaceId space = new PartnerSpaceId(this.partner.space());
		List<Disposable> others = Stream.generate(() -> this.followers.hold(space, Flux::never).subscribe())
			.limit(this.properties.followers())
			.toList();

		Response refused = this.partner.send(HttpMethod.GET, path, null, Map.of("Accept", "text/event-stream"))
			.requireProblem(429, "too-many-followers");

		assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("5");
		others.forEach(Disposable::dispose);
	}

	private static <T> T await(Supplier<T> value, Predicate<T> condition) {
		return Awaitility.await().atMost(PATIENCE).until(value::get, condition);
	}

	private void end(UUID client, UUID invitation) {
		this.facts.record(List.of(new InvitationEnded(new PartnerSpaceId(this.partner.space()), new ClientId(client),
				new InvitationId(invitation), this.clock.instant())))
			.block();
	}

	private List<InvitationRequested> requests(int count) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RecordedRequests.records(STACK, this.partner.space())
				.stream()
				.filter((record) -> record.topic().equals(Topics.INVITATION_REQUESTS_BULK))
				.map((record) -> (InvitationRequested) record.value())
				.toList(), (requests) -> requests.size() >= count);
	}

	private void report(JsonNode row, DeliveryState state, @Nullable String reason) {
		this.facts.record(List.of(this.bulks.report(row, state, reason))).block();
	}

	private void progress(JsonNode row, Progress progress) {
		this.facts.record(List
			.of(new ClientProgressed(new PartnerSpaceId(this.partner.space()), new ClientId(id(row, "clientId")),
					new InvitationId(id(row, "invitationId")), progress, this.clock.instant())))
			.block();
	}

	private void link(UUID client, UUID invitation) {
		this.facts.record(List.of(new ClientLinked(new PartnerSpaceId(this.partner.space()), new ClientId(client),
				new InvitationId(invitation), UUID.randomUUID(), UUID.randomUUID(), this.clock.instant())))
			.block();
	}

	private static UUID id(JsonNode row, String field) {
		return UUID.fromString(row.at("/" + field).asString());
	}

}
