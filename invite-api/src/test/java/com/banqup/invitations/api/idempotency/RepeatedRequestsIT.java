package com.banqup.invitations.api.idempotency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.transaction.reactive.TransactionalOperator;

import static org.assertj.core.api.Assertions.assertThat;

class RepeatedRequestsIT extends ApiIntegration {

	private static final Map<String, Object> FORM = Map.of("name", "Café", "email", "a@a.example");

	@Autowired
	private TransactionalOperator transactions;

	@Test
	void givesTheSameAnswerToTheSameKeyAndBody() {
		Partner partner = administrator();

		Response first = partner.post("/clients", FORM, key("k-1")).requireStatus(201);
		Response second = partner.post("/clients", FORM, key("k-1")).requireStatus(201);

		assertThat(second.json()).isEqualTo(first.json());
		assertThat(second.headers().getLocation()).isEqualTo(first.headers().getLocation());
		assertThat(first.headers().getFirst("Idempotency-Replayed")).isNull();
		assertThat(second.headers().getFirst("Idempotency-Replayed")).isEqualTo("true");
		assertThat(String.valueOf(second.headers().getContentType())).isEqualTo("application/json");
		assertThat(clients(partner)).isEqualTo(1);
	}

	@Test
	void takesTheKeyWithAndWithoutQuotesForTheSame() {
		Partner partner = administrator();

		partner.post("/clients", FORM, key("\"k-1\"")).requireStatus(201);
		partner.post("/clients", FORM, key("k-1")).requireStatus(201);

		assertThat(clients(partner)).isEqualTo(1);
	}

	@Test
	void takesBodiesThatSayTheSameForTheSame() {
		Partner partner = administrator();

		partner.post("/clients", "{\"name\":\"A\",\"email\":\"a@a.example\"}", key("k")).requireStatus(201);
		partner.post("/clients", "{ \"email\": \"a@a.example\", \"name\": \"A\" }", key("k")).requireStatus(201);

		assertThat(clients(partner)).isEqualTo(1);
	}

	@Test
	void refusesTheSameKeyWithAnotherBody() {
		Partner partner = administrator();
		partner.post("/clients", FORM, key("k")).requireStatus(201);

		partner.post("/clients", Map.of("name", "Other", "email", "a@a.example"), key("k"))
			.requireProblem(422, "idempotency-key-reused");

		assertThat(clients(partner)).isEqualTo(1);
	}

	@Test
	void keepsKeysOfPartnerSpacesAndPathsApart() {
		Partner partner = administrator();
		partner.post("/clients", FORM, key("k")).requireStatus(201);

		administrator().post("/clients", FORM, key("k")).requireStatus(201);
		partner
			.post("/configuration-templates",
					Map.of("name", "A", "language", "en", "expiresInDays", 1, "permissions", List.of("view-reports")),
					key("k"))
			.requireStatus(201);
	}

	@Test
	void repeatsTheAnswerOfAnInvitationInsteadOfRefusingIt() {
		Partner partner = administrator();
		UUID client = partner.addClient("A");
		Map<String, Object> form = Map.of("clientIds", List.of(client), "templateId", partner.createTemplate());

		Response first = partner.post("/invitations", form, key("k")).requireStatus(202);
		Response second = partner.post("/invitations", form, key("k")).requireStatus(202);

		assertThat(first.text("results.0.outcome")).isEqualTo("accepted");
		assertThat(second.json()).isEqualTo(first.json());
	}

	@Test
	void sendsAgainOnceHoweverOftenTheRequestComes() {
		Partner partner = administrator();
		UUID client = partner.addClient("A");
		UUID invitation = partner.inviteOne(partner.createTemplate(), client);
		String path = "/clients/" + client + "/invitation/resend";

		partner.post(path, null, key("k")).requireStatus(202);
		partner.post(path, null, key("k")).requireStatus(202);

		assertThat(partner.invitation(invitation).json().at("/generation").asInt()).isEqualTo(2);
	}

	@Test
	void forgetsAfterTwentyFourHours() {
		Partner partner = administrator();
		partner.post("/clients", FORM, key("k")).requireStatus(201);

		this.clock.advance(Duration.ofHours(24));
		partner.post("/clients", Map.of("name", "Other", "email", "a@a.example"), key("k")).requireStatus(201);

		assertThat(clients(partner)).isEqualTo(2);
	}

	@Test
	void doesNotKeepRefusals() {
		Partner partner = administratorOf(UUID.randomUUID());
		UUID client = partner.addClient("A");
		Map<String, Object> form = Map.of("clientIds", List.of(client), "templateId", partner.createTemplate());
		partner.post("/invitations", form, key("k")).requireProblem(409, "partner-space-without-name");

		partner.named("Janssens");

		partner.post("/invitations", form, key("k")).requireStatus(202);
	}

	@Test
	void doesTheWorkOnceWhenTheSameRequestsRace() throws Exception {
		Partner partner = administrator();
		List<Callable<Response>> requests = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			requests.add(() -> partner.post("/clients", FORM, key("k")));
		}

		List<Response> responses = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(requests.size())) {
			for (Future<Response> future : threads.invokeAll(requests)) {
				responses.add(future.get());
			}
		}

		assertThat(clients(partner)).isEqualTo(1);
		assertThat(responses).anyMatch((response) -> response.status() == 201);
		for (Response response : responses) {
			if (response.status() != 201) {
				response.requireProblem(409, "request-in-progress");
				assertThat(response.headers().getFirst("Retry-After")).isEqualTo("1");
			}
		}
	}

	@Test
	void answersInProgressWhileAnotherRequestHoldsTheKey() {
		Partner partner = administrator();
		String path = "/v1/partner-spaces/" + partner.space() + "/clients";
		Response answer = inTransactionWithLock(partner, path, () -> partner.post("/clients", FORM, key("k")));

		answer.requireProblem(409, "request-in-progress");
		partner.post("/clients", FORM, key("k")).requireStatus(201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"\"", "\"a", "a b", "a,b", "\"a\"b\"" })
	void refusesWhatIsNoKey(String header) {
		administrator().post("/clients", FORM, key(header)).requireProblem(400, "invalid-idempotency-key");
	}

	@Test
	void repeatsNothingOnPathsThatAreRepeatableByNature() {
		Partner partner = administrator();

		partner.send(HttpMethod.PUT, "", Map.of("name", "A"), key("k")).requireStatus(200);
		Response second = partner.send(HttpMethod.PUT, "", Map.of("name", "B"), key("k")).requireStatus(200);

		assertThat(second.text("name")).isEqualTo("B");
	}

	/** Holds the lock of the request as a transaction that carries it out does. */
	private Response inTransactionWithLock(Partner partner, String path, Callable<Response> work) {
		return this.transactions
			.execute((transaction) -> this.database.sql("""
					SELECT pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', :space, 'POST', :path, 'k'), 0))
					""")
				.bind("space", partner.space().toString())
				.bind("path", path)
				.mapValue(Boolean.class)
				.one()
				.doOnNext((locked) -> assertThat(locked).isTrue())
				.then(Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic())))
			.singleOrEmpty()
			.blockOptional()
			.orElseThrow();
	}

	private static Map<String, String> key(String key) {
		return Map.of("Idempotency-Key", key);
	}

	private static int clients(Partner partner) {
		return partner.get("/clients").requireStatus(200).json().at("/items").size();
	}

}
