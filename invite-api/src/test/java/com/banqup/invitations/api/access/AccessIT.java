package com.banqup.invitations.api.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

class AccessIT extends ApiIntegration {

	private static final Map<String, Object> CLIENT = Map.of("name", "A", "email", "a@a.example");

	@Test
	void asksForAToken() {
		Response response = withToken(UUID.randomUUID(), null).get("/clients").requireProblem(401, "token-required");

		assertThat(response.headers().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
	}

	@Test
	void refusesTokensThatAreForgedExpiredOrGarbage() {
		UUID space = UUID.randomUUID();
		Map<String, Object> claims = claims(space, "Administrator");

		withToken(space, issuer().forgedToken("user-1", claims)).get("/clients").requireProblem(401, "invalid-token");
		withToken(space, issuer().token("user-1", claims, Duration.ofHours(-2))).get("/clients")
			.requireProblem(401, "invalid-token");
		Response response = withToken(space, "garbage").get("/clients").requireProblem(401, "invalid-token");

		assertThat(response.headers().getFirst("WWW-Authenticate")).contains("invalid_token");
	}

	@Test
	void refusesTokensWithoutASubject() {
		UUID space = UUID.randomUUID();

		withToken(space, issuer().token(null, claims(space, "Administrator"))).get("/clients")
			.requireProblem(401, "invalid-token");
	}

	@Test
	void hidesOtherPartnerSpaces() {
		Partner owner = administrator();
		UUID client = owner.addClient("A");
		Partner stranger = withToken(owner.space(),
				issuer().token("user-2", claims(UUID.randomUUID(), "Administrator")));

		stranger.get("").requireProblem(404, "partner-space-not-found");
		stranger.get("/clients").requireProblem(404, "partner-space-not-found");
		stranger.get("/clients/" + client).requireProblem(404, "partner-space-not-found");
		stranger.post("/clients", CLIENT).requireProblem(404, "partner-space-not-found");
		stranger.send(HttpMethod.PUT, "", Map.of("name", "Mine"), Map.of())
			.requireProblem(404, "partner-space-not-found");
		withToken(owner.space(), issuer().token("user-3", Map.of())).get("/clients")
			.requireProblem(404, "partner-space-not-found");
		assertThat(owner.get("").text("name")).isEqualTo("Janssens Accountants");
	}

	@Test
	void letsAnAccountantLookOnly() {
		Partner administrator = administrator();
		UUID client = administrator.addClient("A");
		UUID template = administrator.createTemplate();
		UUID invitation = administrator.inviteOne(template, client);
		Partner accountant = partner(administrator.space(), "Accountant");

		for (String path : List.of("", "/clients", "/clients/" + client, "/configuration-templates",
				"/configuration-templates/" + template, "/invitations", "/invitations/" + invitation, "/overview")) {
			accountant.get(path).requireStatus(200);
		}
		accountant.post("/clients", CLIENT).requireProblem(403, "role-not-sufficient");
		accountant.patch("/clients/" + client, Map.of("name", "B")).requireProblem(403, "role-not-sufficient");
		accountant.post("/configuration-templates", Map.of()).requireProblem(403, "role-not-sufficient");
		accountant.patch("/configuration-templates/" + template, Map.of()).requireProblem(403, "role-not-sufficient");
		accountant.invite(template, List.of(client)).requireProblem(403, "role-not-sufficient");
		accountant.post("/clients/" + client + "/invitation/resend", null).requireProblem(403, "role-not-sufficient");
		accountant.post("/invitations/" + invitation + "/revoke", null).requireProblem(403, "role-not-sufficient");
		accountant.send(HttpMethod.PUT, "", Map.of("name", "B"), Map.of()).requireProblem(403, "role-not-sufficient");
	}

	@Test
	void letsAClientManagerDoEverything() {
		Partner manager = partner(UUID.randomUUID(), "Client Manager").named("B");

		manager.inviteOne(manager.createTemplate(), manager.addClient("A"));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "JWT", "jwt", "at+jwt", "application/at+jwt" })
	void takesTokensOfTheseTypes(@Nullable String type) {
		UUID space = UUID.randomUUID();

		withToken(space, issuer().tokenOfType(type, "user-1", claims(space, "Accountant"))).get("/clients")
			.requireStatus(200);
	}

	@Test
	void refusesTokensOfOtherTypes() {
		UUID space = UUID.randomUUID();

		withToken(space, issuer().tokenOfType("logout+jwt", "user-1", claims(space, "Accountant"))).get("/clients")
			.requireProblem(401, "invalid-token");
	}

	@Test
	void takesOneRoleOrAListOfRoles() {
		UUID space = UUID.randomUUID();

		roles(space, List.of("offline_access", "Client Manager")).post("/clients", CLIENT).requireStatus(201);
		roles(space, List.of("Accountant", "Administrator")).post("/clients", CLIENT).requireStatus(201);
		roles(space, List.of("Accountant")).post("/clients", CLIENT).requireProblem(403, "role-not-sufficient");
		roles(space, List.of()).get("/clients").requireProblem(403, "role-not-sufficient");
		roles(space, 7).get("/clients").requireProblem(403, "role-not-sufficient");
	}

	private Partner roles(UUID space, Object roles) {
		return withToken(space,
				issuer().token("user-1", Map.of("partner_space_id", space.toString(), "partner_role", roles)));
	}

	@Test
	void takesTokensForAnyAudienceUnlessOneIsSet() {
		UUID space = UUID.randomUUID();
		Map<String, Object> claims = new HashMap<>(claims(space, "Accountant"));
		claims.put("aud", List.of("somebody-else"));

		withToken(space, issuer().token("user-1", claims)).get("/clients").requireStatus(200);
	}

	@Test
	void refusesRolesItDoesNotKnow() {
		UUID space = UUID.randomUUID();

		partner(space, "administrator").get("/clients").requireProblem(403, "role-not-sufficient");
		withToken(space, issuer().token("user-1", Map.of("partner_space_id", space.toString()))).get("/clients")
			.requireProblem(403, "role-not-sufficient");
	}

	@Test
	void sendsSecurityHeadersAndNoCorsHeaders() {
		Response response = administrator().send(HttpMethod.GET, "/clients", null,
				Map.of("Origin", "https://elsewhere.example"));

		assertThat(response.requireStatus(200).headers().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(response.headers().getFirst("X-Frame-Options")).isEqualTo("DENY");
		assertThat(response.headers().getFirst("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(response.headers().getFirst("Content-Security-Policy")).contains("default-src 'none'");
		assertThat(response.headers().getFirst("Cache-Control")).contains("no-store");
		assertThat(response.headers().getFirst("Access-Control-Allow-Origin")).isNull();
	}

	@Test
	void showsHealthAndMetricsToAnybodyAndNothingElseOfTheProcess() {
		this.http.get().uri("/actuator/health").exchange().expectStatus().isOk();
		this.http.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
		this.http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
		String metrics = this.http.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(metrics).contains("invitations_requested_total{", "r2dbc_pool_acquired_connections");
		this.http.get().uri("/actuator/env").exchange().expectStatus().isNotFound();
		this.http.get().uri("/actuator/heapdump").exchange().expectStatus().isNotFound();
	}

	private static Map<String, Object> claims(UUID space, String role) {
		return Map.of("partner_space_id", space.toString(), "partner_role", role);
	}

}
