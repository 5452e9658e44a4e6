package com.banqup.invitations.api.batch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.Response;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.invitation.RecordOnboardingFacts;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.requests.InvitationRequested;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

/** What can be done about rows whose clients were invited, but not reached. */
class BulkRepairsIT extends ApiIntegration {

	/** Longer than the invitations of {@link Bulks} can be accepted. */
	private static final Duration EXPIRY = Duration.ofDays(31);

	@Autowired
	private RecordOnboardingFacts facts;

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
	void changesTheClientAsTheCorrectionSaysAndMailsItAtTheNewAddress() {
		String batch = undelivered(row("A", ",\"vatNumber\":\"BE0123456789\",\"externalReference\":\"K-1\""));
		JsonNode before = this.bulks.rows(batch, "").getFirst();

		correct(batch, "rowRef,name,email,language,country,message\nA,New name,new@a.example,fr,BE,Bonjour\n")
			.requireStatus(202);

		JsonNode counts = this.bulks.awaitCount(batch, "queued", 1).at("/counts");
		assertThat(counts.at("/invited").asInt()).isEqualTo(1);
		assertThat(counts.at("/rejected").asInt()).isZero();
		assertThat(this.bulks.rows(batch, "").getFirst().at("/invitationId")).isEqualTo(before.at("/invitationId"));
		Response client = this.partner.client(id(before, "clientId"));
		assertThat(client.text("name")).isEqualTo("New name");
		assertThat(client.text("email")).isEqualTo("new@a.example");
		assertThat(client.text("language")).isEqualTo("fr");
		assertThat(client.text("country")).isEqualTo("BE");
		assertThat(client.text("vatNumber")).isEqualTo("BE0123456789");
		assertThat(client.text("externalReference")).isEqualTo("K-1");
		assertThat(this.partner.get("/clients?search={name}", "new name").json().at("/items").size()).isEqualTo(1);
		InvitationRequested request = requests(2).getLast();
		assertThat(request.getEmail()).isEqualTo("new@a.example");
		assertThat(request.getClientName()).isEqualTo("New name");
		assertThat(request.getLanguage()).isEqualTo("fr");
		assertThat(request.getMessage()).isEqualTo("Bonjour");
		assertThat(request.getGeneration()).isEqualTo(2);
	}

	@Test
	void correctsARowOfWhoseMailNothingWasHeard() {
		String batch = this.bulks.upload(row("A", ""));
		this.bulks.awaitCount(batch, "queued", 1);
		this.clock.advance(this.properties.silentAfter().plus(Duration.ofMinutes(1)));
		this.bulks.awaitState(batch, "COMPLETED");

		correct(batch, "rowRef,name,email\nA,Client A,new@a.example\n").requireStatus(202);

		assertThat(requests(2).getLast().getEmail()).isEqualTo("new@a.example");
	}

	@Test
	void leavesTheClientAsItIsWhenTheCorrectionIsWrongOrAboutSomebodyElse() {
		this.partner.addClient(Map.of("name", "Other", "email", "o@o.example", "externalReference", "K-2"));
		this.partner.addClient(Map.of("name", "Another", "email", "o@o.example"));
		String batch = undelivered(row("A", "") + row("B", "") + row("C", "") + row("D", ""));

		correct(batch, "rowRef,name,email,externalReference\nA,Client A,new@a.example,K-2\nB,another,O@o.example,\n"
				+ "C,Client C,nobody,\nD,Client D,new@d.example,\n")
			.requireStatus(202);

		JsonNode counts = this.bulks.awaitCount(batch, "queued", 1).at("/counts");
		assertThat(counts.at("/rejected").asInt()).isEqualTo(3);
		assertThat(counts.at("/invited").asInt()).isEqualTo(4);
		assertThat(counts.at("/invalid").asInt()).isZero();
		List<JsonNode> rows = this.bulks.rows(batch, "?state=invited");
		assertThat(rows).extracting((row) -> row.at("/reason").asString())
			.containsExactly("names-another-client", "names-another-client", "invalid-address", "");
		assertThat(this.partner.client(id(rows.getFirst(), "clientId")).text("email")).isEqualTo("office@a.example");
		report(rows.get(3), 2, DeliveryState.SENT, null);
		this.bulks.awaitState(batch, "COMPLETED");
		this.partner.post(path(batch) + "/retry", null).requireStatus(202);
		this.bulks.awaitCount(batch, "queued", 3);
		assertThat(this.bulks.rows(batch, ""))
			.allSatisfy((row) -> assertThat(row.at("/reason").isMissingNode()).isTrue());
	}

	@Test
	void correctsTheFirstOfTheFailedRowsWithOneNameHoweverTheyFailed() {
		String wrong = "{\"rowRef\":\"A\",\"name\":\"Wrong\",\"email\":\"nobody\"}\n";
		String batch = undelivered(wrong + row("A", "") + row("B", "") + wrong.replace("\"A\"", "\"B\""));

		correct(batch, "rowRef,name,email\nA,Right,right@a.example\nB,Client B,new@b.example\n").requireStatus(202);

		JsonNode counts = this.bulks.awaitCount(batch, "queued", 2).at("/counts");
		assertThat(counts.at("/invalid").asInt()).isEqualTo(1);
		assertThat(counts.at("/rejected").asInt()).isEqualTo(1);
		assertThat(this.bulks.rows(batch, "")).extracting((row) -> row.at("/delivery").asString())
			.containsExactly("QUEUED", "REJECTED", "QUEUED", "");
	}

	@Test
	void correctsRowsThatCouldNotBeReadAndSaysWhatIsWrongWithCorrections() {
		String batch = this.bulks.upload("rowRef,name,email\nA,Foods, Inc.,foods@a.example\nB,\"x\"y,b@b.example\nC,"
				+ "x".repeat(70_000) + ",c@c.example\n", "", Map.of(HttpHeaders.CONTENT_TYPE, "text/csv"));
		this.bulks.awaitState(batch, "COMPLETED");

		assertThat(correct(batch, "rowRef,name,email\nA,Foods,foods@a.example\n\"B,x,b@b.example\n")
			.requireProblem(400, "unknown-rows")
			.json()
			.at("/errors/0")
			.toString()).contains("line 3", "no rowRef can be read: a quote is opened and not closed");
		assertThat(
				correct(batch, "name,rowRef,email\nFoods, Inc.,A,foods@a.example\n").requireProblem(400, "unknown-rows")
					.json()
					.at("/errors/0")
					.toString())
			.contains("line 2", "no rowRef can be read: more fields than the header has columns");
		correct(batch,
				"rowRef,name,email\nA,\"Foods, Inc.\",foods@a.example\nB,\"broken,b@b.example\nC,c,c@c.example,d,e\n")
			.requireStatus(202);

		this.bulks.awaitCount(batch, "queued", 1);
		assertThat(this.bulks.rows(batch, "?state=invalid"))
			.extracting((row) -> row.at("/rowRef").asString() + ": " + row.at("/detail").asString())
			.satisfiesExactly((row) -> assertThat(row).startsWith("B: a quote is opened and not closed"),
					(row) -> assertThat(row).startsWith("C: more fields than the header has columns"));
	}

	@Test
	void invitesClientsAnewWhoseInvitationsHaveExpired() {
		String batch = this.bulks.upload(row("A", ",\"message\":\"Hello\"") + row("B", ""));
		this.bulks.awaitCount(batch, "queued", 2);
		List<JsonNode> before = this.bulks.rows(batch, "");
		report(before.get(0), 1, DeliveryState.REJECTED, "mailbox-full");
		report(before.get(1), 1, DeliveryState.CANCELLED, MailReported.EXPIRED);
		assertThat(this.bulks.awaitState(batch, "COMPLETED").at("/counts/cancelledByReason/expired").asInt())
			.isEqualTo(1);
		this.clock.advance(EXPIRY);

		this.partner.post(path(batch) + "/retry", null).requireStatus(202);

		JsonNode counts = this.bulks.awaitCount(batch, "queued", 2).at("/counts");
		assertThat(counts.at("/invited").asInt()).isEqualTo(2);
		assertThat(counts.at("/rejected").asInt()).isZero();
		assertThat(counts.at("/cancelled").asInt()).isZero();
		List<JsonNode> rows = this.bulks.rows(batch, "?state=invited");
		assertThat(rows).hasSize(2);
		assertThat(rows.getFirst().at("/invitationId")).isNotEqualTo(before.getFirst().at("/invitationId"));
		assertThat(this.partner.invitation(id(rows.getFirst(), "invitationId")).text("state")).isEqualTo("PENDING");
		assertThat(this.partner.invitation(id(before.getFirst(), "invitationId")).text("state")).isEqualTo("EXPIRED");
		assertThat(requests(4).subList(2, 4)).extracting(InvitationRequested::getMessage)
			.containsExactlyInAnyOrder("Hello", "Welkom");
		rows.forEach((row) -> report(row, 1, DeliveryState.SENT, null));
		assertThat(this.bulks.awaitState(batch, "COMPLETED").at("/counts/sent").asInt()).isEqualTo(2);
	}

	@Test
	void skipsRowsWhoseClientsAreInvitedOrLinkedOtherwiseMeanwhile() {
		String batch = undelivered(row("A", "") + row("B", ""));
		List<JsonNode> before = this.bulks.rows(batch, "");
		this.clock.advance(EXPIRY);
		UUID other = this.partner.inviteOne(this.bulks.template(), id(before.get(0), "clientId"));
		link(before.get(1), this.partner.inviteOne(this.bulks.template(), id(before.get(1), "clientId")));

		this.partner.post(path(batch) + "/retry", null).requireStatus(202);

		JsonNode counts = this.bulks.awaitCount(batch, "skipped", 2).at("/counts");
		assertThat(counts.at("/skippedByReason/already-invited").asInt()).isEqualTo(1);
		assertThat(counts.at("/skippedByReason/already-linked").asInt()).isEqualTo(1);
		assertThat(counts.at("/invited").asInt()).isZero();
		assertThat(counts.at("/rejected").asInt()).isZero();
		assertThat(this.bulks.rows(batch, "?state=skipped").getFirst().at("/invitationId").asString())
			.isEqualTo(other.toString());
		this.bulks.awaitState(batch, "COMPLETED");
		this.partner.post("/invitations/" + other + "/revoke", null).requireStatus(202);
		end(before.get(0), other);
		this.partner.post(path(batch) + "/retry", null).requireStatus(202);
		assertThat(this.bulks.awaitCount(batch, "queued", 1).at("/counts/invited").asInt()).isEqualTo(1);
	}

	@Test
	void leavesARowAsItIsWhoseMailCannotBeAskedForAgainAndAsksForTheOthers() {
		String batch = undelivered(row("A", "") + row("B", "") + row("C", ""));
		UUID damaged = id(this.bulks.rows(batch, "").get(1), "invitationId");
		UUID intact = id(this.bulks.rows(batch, "").get(0), "invitationId");
		this.database.sql("UPDATE invitation SET permissions = '{unheard-of}' WHERE id = :id")
			.bind("id", damaged)
			.then()
			.block();

		this.partner.post(path(batch) + "/retry", null).requireStatus(202);

		Awaitility.await().atMost(PATIENCE).until(() -> {
			this.clock.advance(this.properties.minBackoff());
			return this.bulks.rows(batch, "?state=invited");
		}, (rows) -> rows.get(1).at("/reason").asString().equals("not-decided"));
		JsonNode counts = this.bulks.awaitCount(batch, "queued", 2).at("/counts");
		assertThat(counts.at("/invited").asInt()).isEqualTo(3);
		assertThat(counts.at("/rejected").asInt()).isEqualTo(1);
		assertThat(counts.at("/invalid").asInt()).isZero();
		List<JsonNode> rows = this.bulks.rows(batch, "?state=invited");
		report(rows.get(0), 2, DeliveryState.SENT, null);
		report(rows.get(2), 2, DeliveryState.SENT, null);
		this.bulks.awaitState(batch, "COMPLETED");
		this.database
			.sql("UPDATE invitation SET permissions = intact.permissions FROM invitation intact"
					+ " WHERE invitation.id = :id AND intact.id = :intact")
			.bind("id", damaged)
			.bind("intact", intact)
			.then()
			.block();
		this.partner.post(path(batch) + "/retry", null).requireStatus(202);
		this.bulks.awaitCount(batch, "queued", 1);
		assertThat(this.bulks.rows(batch, "").get(1).at("/reason").isMissingNode()).isTrue();
	}

	@Test
	void saysWhichMailsAreNotAskedForAgainAndThatThereIsNothingElse() {
		String batch = undelivered(row("A", "") + row("B", "") + row("C", ""));
		List<JsonNode> rows = this.bulks.rows(batch, "");
		for (JsonNode row : rows.subList(0, 2)) {
			this.partner.post("/invitations/" + row.at("/invitationId").asString() + "/revoke", null)
				.requireStatus(202);
		}
		end(rows.get(0), id(rows.get(0), "invitationId"));
		this.database.sql("UPDATE invitation SET generation = :last WHERE id = :id")
			.bind("last", LinkToken.MAX_GENERATION)
			.bind("id", id(rows.get(2), "invitationId"))
			.then()
			.block();

		this.partner.post(path(batch) + "/retry", null).requireProblem(409, "nothing-to-retry");
		correct(batch, "rowRef,name,email\nA,Client A,new@a.example\n").requireProblem(400, "unknown-rows");

		assertThat(this.bulks.rows(batch, "?state=invited")).extracting((row) -> row.at("/reason").asString())
			.containsExactly("revoked", "revoked", "sent-too-often");
		this.clock.advance(EXPIRY);
		this.partner.post(path(batch) + "/retry", null).requireStatus(202);
		assertThat(this.bulks.awaitCount(batch, "queued", 1).at("/counts/rejected").asInt()).isEqualTo(2);
	}

	/** A batch that is done, where no mail to a client arrived. */
	private String undelivered(String lines) {
		String batch = this.bulks.upload(lines);
		this.bulks.awaitDecided(batch);
		this.bulks.rows(batch, "?state=invited")
			.forEach((row) -> report(row, 1, DeliveryState.REJECTED, "mailbox-unknown"));
		this.bulks.awaitState(batch, "COMPLETED");
		return batch;
	}

	private static String row(String name, String more) {
		return "{\"rowRef\":\"%s\",\"name\":\"Client %s\",\"email\":\"office@%s.example\"%s}\n".formatted(name, name,
				name.toLowerCase(Locale.ROOT), more);
	}

	private Response correct(String batch, String csv) {
		return this.partner.post(path(batch) + "/retry", csv, Map.of(HttpHeaders.CONTENT_TYPE, "text/csv"));
	}

	private List<InvitationRequested> requests(int count) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RecordedRequests.of(STACK, this.partner.space())
				.stream()
				.filter(InvitationRequested.class::isInstance)
				.map(InvitationRequested.class::cast)
				.toList(), (requests) -> requests.size() >= count);
	}

	private void report(JsonNode row, int generation, DeliveryState state, @Nullable String reason) {
		MailReported first = this.bulks.report(row, state, reason);
		this.facts.record(List.of(new MailReported(first.partnerSpaceId(), first.clientId(), first.invitationId(),
				generation, first.delivery())))
			.block();
	}

	private void link(JsonNode row, UUID invitation) {
		this.facts
			.record(List
				.of(new ClientLinked(new PartnerSpaceId(this.partner.space()), new ClientId(id(row, "clientId")),
						new InvitationId(invitation), UUID.randomUUID(), UUID.randomUUID(), this.clock.instant())))
			.block();
	}

	private void end(JsonNode row, UUID invitation) {
		this.facts
			.record(List.of(new InvitationEnded(new PartnerSpaceId(this.partner.space()),
					new ClientId(id(row, "clientId")), new InvitationId(invitation), this.clock.instant())))
			.block();
	}

	private static UUID id(JsonNode row, String field) {
		return UUID.fromString(row.at("/" + field).asString());
	}

}
