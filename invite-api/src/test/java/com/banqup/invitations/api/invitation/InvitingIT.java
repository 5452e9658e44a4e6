package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.RecordedTransactions;
import com.banqup.invitations.api.Response;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class InvitingIT extends ApiIntegration {

	@Autowired
	private RecordedTransactions transactions;

	@Autowired
	private InvitationProperties properties;

	@Test
	void storesTheInvitationAndAsksForItsMail() {
		Partner partner = administrator();
		UUID client = partner
			.addClient(Map.of("name", "Bäckerei Müller", "email", "Info@bäckerei-müller.example", "language", "de"));
		UUID template = partner.createTemplate(14);

		Instant before = this.clock.instant();
		UUID id = partner.inviteOne(template, client);

		Response invitation = partner.invitation(id);
		assertThat(invitation.text("clientId")).isEqualTo(client.toString());
		assertThat(invitation.text("templateId")).isEqualTo(template.toString());
		assertThat(invitation.text("state")).isEqualTo("PENDING");
		assertThat(invitation.json().at("/generation").asInt()).isEqualTo(1);
		assertThat(invitation.text("language")).isEqualTo("de");
		assertThat(invitation.text("message")).isEqualTo("Welkom");
		assertThat(invitation.text("delivery.state")).isEqualTo("QUEUED");
		assertThat(invitation.text("progress")).isEqualTo("NONE");
		Instant requestedAt = Instant.parse(invitation.text("requestedAt"));
		assertThat(requestedAt).isBetween(before, this.clock.instant());
		assertThat(Instant.parse(invitation.text("expiresAt"))).isEqualTo(requestedAt.plus(Duration.ofDays(14)));
		assertThat(partner.client(client).text("invitation.id")).isEqualTo(id.toString());

		InvitationRequested requested = awaitMails(partner, 1).getFirst();
		assertThat(requested.getInvitationId()).isEqualTo(id);
		assertThat(requested.getGeneration()).isEqualTo(1);
		assertThat(requested.getPartnerSpaceId()).isEqualTo(partner.space());
		assertThat(requested.getPartnerName()).isEqualTo("Janssens Accountants");
		assertThat(requested.getClientId()).isEqualTo(client);
		assertThat(requested.getClientName()).isEqualTo("Bäckerei Müller");
		assertThat(requested.getEmail()).isEqualTo("Info@xn--bckerei-mller-bfb28a.example");
		assertThat(requested.getLanguage()).isEqualTo("de");
		assertThat(requested.getMessage()).isEqualTo("Welkom");
		assertThat(requested.getPermissions()).containsExactly("view-documents", "view-reports");
		assertThat(requested.getRequestedAt()).isEqualTo(requestedAt);
		assertThat(requested.getExpiresAt()).isEqualTo(requestedAt.plus(Duration.ofDays(14)));
		assertThat(requested.getBatchId()).isNull();
	}

	@Test
	void takesLanguageAndMessageOfTheRequestFirst() {
		Partner partner = administrator();
		UUID german = partner.addClient(Map.of("name", "A", "email", "a@a.example", "language", "de"));
		UUID unknown = partner.addClient("B");
		UUID template = partner.createTemplate();

		UUID fromTemplate = partner.inviteOne(template, unknown);
		Response response = partner.post("/invitations", Map.of("clientIds", List.of(german), "templateId", template,
				"message", "Bonjour\r\nà tous", "language", "FR"));

		assertThat(partner.invitation(fromTemplate).text("language")).isEqualTo("nl");
		Response invitation = partner
			.invitation(UUID.fromString(response.requireStatus(202).text("results.0.invitationId")));
		assertThat(invitation.text("language")).isEqualTo("fr");
		assertThat(invitation.text("message")).isEqualTo("Bonjour\nà tous");
	}

	@Test
	void refusesASecondInvitationAndNamesTheFirst() {
		Partner partner = administrator();
		UUID client = partner.addClient("Client");
		UUID template = partner.createTemplate();
		UUID first = partner.inviteOne(template, client);

		Response second = partner.invite(template, List.of(client)).requireStatus(202);

		assertThat(second.text("results.0.outcome")).isEqualTo("refused");
		assertThat(second.text("results.0.reason")).isEqualTo("already-invited");
		assertThat(second.text("results.0.invitationId")).isEqualTo(first.toString());
		assertThat(awaitRequests(partner, 1)).hasSize(1);
	}

	@Test
	void answersForEachClientInTheOrderOfTheRequest() {
		Partner partner = administrator();
		Partner other = administrator();
		UUID free = partner.addClient("Free");
		UUID invited = partner.addClient("Invited");
		UUID foreign = other.addClient("Another partner's");
		UUID unknown = UUID.randomUUID();
		UUID template = partner.createTemplate();
		partner.inviteOne(template, invited);

		Response response = partner.invite(template, List.of(unknown, free, foreign, invited, free));

		List<JsonNode> results = response.requireStatus(202).json().at("/results").valueStream().toList();
		assertThat(results).extracting((result) -> result.at("/clientId").asString())
			.containsExactly(unknown.toString(), free.toString(), foreign.toString(), invited.toString());
		assertThat(results).extracting((result) -> result.at("/outcome").asString())
			.containsExactly("refused", "accepted", "refused", "refused");
		assertThat(results).extracting((result) -> result.at("/reason").asString())
			.containsExactly("unknown-client", "", "unknown-client", "already-invited");
	}

	@Test
	void invitesAThousandClientsAtOnce() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		List<UUID> clients = insertClients(partner.space(), 1_000);

		Response response = partner.invite(template, clients).requireStatus(202);

		assertThat(response.json().at("/results").valueStream())
			.allMatch((result) -> result.at("/outcome").asString().equals("accepted"))
			.hasSize(1_000);
		Set<UUID> requested = new HashSet<>();
		awaitMails(partner, 1_000).forEach((request) -> requested.add(request.getClientId()));
		assertThat(requested).hasSize(1_000).containsAll(clients);
	}

	@Test
	void sendsTheMailsOfManyClientsWithThoseOfBulksAndWhatIsAskedForAboutOneOfThemWithSingleOnes() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		List<UUID> few = insertClients(partner.space(), this.properties.interactiveClients());
		List<UUID> many = insertClients(partner.space(), this.properties.interactiveClients() + 1);

		partner.invite(template, few).requireStatus(202);
		String revoked = partner.invite(template, many).requireStatus(202).text("results.0.invitationId");
		partner.post("/clients/" + many.get(1) + "/invitation/resend", null).requireStatus(202);
		partner.post("/invitations/" + revoked + "/revoke", null).requireStatus(202);

		awaitRequests(partner, few.size() + many.size() + 2);
		Map<String, List<Object>> requests = RecordedRequests.records(STACK, partner.space())
			.stream()
			.collect(Collectors.groupingBy(ConsumerRecord::topic,
					Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
		assertThat(requests.get(Topics.INVITATION_REQUESTS_BULK))
			.allSatisfy((request) -> assertThat(request).isInstanceOfSatisfying(InvitationRequested.class,
					(mail) -> assertThat(mail.getBatchId()).isNull()))
			.extracting((request) -> ((InvitationRequested) request).getClientId())
			.containsExactlyInAnyOrderElementsOf(many);
		List<Object> single = requests.getOrDefault(Topics.INVITATION_REQUESTS, List.of());
		assertThat(single.subList(0, few.size())).extracting((request) -> ((InvitationRequested) request).getClientId())
			.containsExactlyInAnyOrderElementsOf(few);
		assertThat(single.get(few.size())).isInstanceOfSatisfying(InvitationRequested.class, (resent) -> {
			assertThat(resent.getClientId()).isEqualTo(many.get(1));
			assertThat(resent.getGeneration()).isEqualTo(2);
		});
		assertThat(single.get(few.size() + 1)).isInstanceOfSatisfying(InvitationRevocationRequested.class,
				(revocation) -> assertThat(revocation.getInvitationId()).hasToString(revoked));
		assertThat(single).hasSize(few.size() + 2);
	}

	@Test
	void asksTheDatabaseAsOftenForAThousandClientsAsForOne() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();

		partner.invite(template, insertClients(partner.space(), 1)).requireStatus(202);
		List<String> forOne = this.transactions.last("INSERT INTO invitation (");
		partner.invite(template, insertClients(partner.space(), 1_000)).requireStatus(202);
		List<String> forAThousand = this.transactions.last("INSERT INTO invitation (");

		assertThat(forAThousand).as("Partner Space, template, clients, invitations, the day's number, outbox")
			.hasSameSizeAs(forOne)
			.hasSize(6);
	}

	@Test
	void handsTheCallersTraceOn() {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		Map<String, Object> traced = Map.of("clientIds", partner.addClients(1), "templateId", template);
		Map<String, Object> untraced = Map.of("clientIds", partner.addClients(1), "templateId", template);
		String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

		partner.post("/invitations", traced, Map.of("traceparent", trace)).requireStatus(202);
		partner.post("/invitations", untraced, Map.of("traceparent", "00-nothing")).requireStatus(202);

		awaitRequests(partner, 2);
		assertThat(RecordedRequests.records(STACK, partner.space()))
			.extracting((record) -> record.headers().lastHeader("traceparent"))
			.satisfiesExactly((header) -> assertThat(header.value()).asString().isEqualTo(trace),
					(header) -> assertThat(header).isNull());
	}

	@Test
	void refusesMoreThanAThousandClients() {
		Partner partner = administrator();
		List<UUID> ids = new ArrayList<>();
		for (int i = 0; i < 1_001; i++) {
			ids.add(UUID.randomUUID());
		}

		Response response = partner.invite(UUID.randomUUID(), ids).requireProblem(400, "invalid-request");

		assertThat(response.errorFields()).containsExactly("clientIds");
		assertThat(response.text("errors.0.message")).isEqualTo("none or too many (expected: 1..1000 ids of clients)");
	}

	/**
	 * Half of the clients named in one order, half in the other: the recipe of a
	 * deadlock.
	 */
	@Test
	void givesExactlyOneInvitationPerClientWhenRequestsRace() throws Exception {
		Partner partner = administrator();
		UUID template = partner.createTemplate();
		List<UUID> clients = insertClients(partner.space(), 200);
		List<Callable<Response>> requests = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			List<UUID> order = (i % 2 == 0) ? clients : clients.reversed();
			requests.add(() -> partner.invite(template, order));
		}

		List<Response> responses = all(requests);

		Set<String> accepted = new HashSet<>();
		for (Response response : responses) {
			response.requireStatus(202).json().at("/results").forEach((result) -> {
				if (result.at("/outcome").asString().equals("accepted")) {
					assertThat(accepted.add(result.at("/clientId").asString())).as("accepted twice").isTrue();
				}
				else {
					assertThat(result.at("/reason").asString()).isEqualTo("already-invited");
				}
			});
		}
		assertThat(accepted).hasSize(200);
		assertThat(awaitRequests(partner, 200)).hasSize(200);
		assertThat(countInvitations(partner.space())).isEqualTo(200);
	}

	@Test
	void invitesAgainWhenThePendingInvitationHasExpired() {
		Partner partner = administrator();
		UUID client = partner.addClient("Client");
		UUID template = partner.createTemplate(1);
		UUID first = partner.inviteOne(template, client);

		this.clock.advance(Duration.ofDays(1));

		assertThat(partner.invitation(first).text("state")).isEqualTo("EXPIRED");
		UUID second = partner.inviteOne(template, client);
		assertThat(second).isNotEqualTo(first);
		assertThat(partner.invitation(first).text("state")).isEqualTo("EXPIRED");
		assertThat(partner.invitation(second).text("state")).isEqualTo("PENDING");
		assertThat(partner.client(client).text("invitation.id")).isEqualTo(second.toString());
	}

	@Test
	void refusesAsLongAsThePartnerSpaceHasNoName() {
		Partner partner = administratorOf(UUID.randomUUID());
		UUID client = partner.addClient("Client");
		UUID template = partner.createTemplate();

		partner.invite(template, List.of(client)).requireProblem(409, "partner-space-without-name");
	}

	@Test
	void doesNotFindTheTemplateOfAnotherPartnerSpace() {
		Partner partner = administrator();
		UUID foreign = administrator().createTemplate();

		partner.invite(foreign, List.of(partner.addClient("Client")))
			.requireProblem(404, "configuration-template-not-found");
	}

	@Test
	void listsByStateDeliveryAndClient() {
		Partner partner = administrator();
		UUID template = partner.createTemplate(1);
		List<UUID> clients = partner.addClients(3);
		UUID old = partner.inviteOne(template, clients.get(0));
		this.clock.advance(Duration.ofDays(2));
		UUID second = partner.inviteOne(template, clients.get(1));
		UUID third = partner.inviteOne(template, clients.get(2));

		assertThat(ids(partner.get("/invitations"))).containsExactly(third.toString(), second.toString(),
				old.toString());
		assertThat(ids(partner.get("/invitations?state=PENDING"))).containsExactly(third.toString(), second.toString());
		assertThat(ids(partner.get("/invitations?state=EXPIRED"))).containsExactly(old.toString());
		assertThat(ids(partner.get("/invitations?delivery=SENT"))).isEmpty();
		assertThat(ids(partner.get("/invitations?clientId=" + clients.get(1)))).containsExactly(second.toString());
		Response page = partner.get("/invitations?limit=2");
		assertThat(ids(partner.get("/invitations?limit=2&cursor=" + page.text("nextCursor"))))
			.containsExactly(old.toString());
		assertThat(partner.get("/invitations?state=UNHEARD_OF").requireProblem(400, "invalid-request").errorFields())
			.containsExactly("state");
	}

	private static List<String> ids(Response page) {
		return page.requireStatus(200)
			.json()
			.at("/items")
			.valueStream()
			.map((invitation) -> invitation.at("/id").asString())
			.toList();
	}

	private List<InvitationRequested> awaitMails(Partner partner, int count) {
		return awaitRequests(partner, count).stream().map(InvitationRequested.class::cast).toList();
	}

	private List<Object> awaitRequests(Partner partner, int count) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RecordedRequests.of(STACK, partner.space()), (requests) -> requests.size() >= count);
	}

	private long countInvitations(UUID space) {
		return this.database.sql("SELECT count(*) FROM invitation WHERE partner_space_id = :space")
			.bind("space", space)
			.mapValue(Long.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

	private static <T> List<T> all(List<Callable<T>> work) throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
			List<T> results = new ArrayList<>();
			for (Future<T> future : threads.invokeAll(work)) {
				results.add(future.get());
			}
			return results;
		}
	}

}
