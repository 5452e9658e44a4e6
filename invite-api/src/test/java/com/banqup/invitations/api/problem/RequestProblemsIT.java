package com.banqup.invitations.api.problem;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

class RequestProblemsIT extends ApiIntegration {

	@Test
	void saysWhereJsonIsMalformed() {
		Response response = administrator().post("/clients", "{\n  \"name\": \"A\",\n  oops")
			.requireProblem(400, "malformed-json");

		assertThat(response.json().at("/line").asInt()).isEqualTo(3);
		assertThat(response.json().at("/column").asInt()).isPositive();
		assertThat(response.text("detail")).doesNotContain("oops");
	}

	@Test
	void refusesTextAfterTheBodyAndFieldsTwice() {
		Partner partner = administrator();

		partner.post("/clients", "{\"name\":\"A\",\"email\":\"a@a.example\"} {}").requireStatus(400);
		partner.post("/clients", "{\"name\":\"A\",\"name\":\"B\",\"email\":\"a@a.example\"}").requireStatus(400);
		assertThat(partner.get("/clients").json().at("/items")).isEmpty();
	}

	@Test
	void namesTheFieldThatIsUnknown() {
		Response response = administrator()
			.post("/clients", Map.of("name", "A", "email", "a@a.example", "emial", "a@a.example"))
			.requireProblem(400, "invalid-request");

		assertThat(response.errorFields()).containsExactly("emial");
		assertThat(response.text("errors.0.message")).startsWith("unknown field (expected: ").contains("email");
	}

	@Test
	void namesTheFieldOfTheWrongType() {
		Partner partner = administrator();

		Response number = partner.post("/clients", Map.of("name", 7, "email", "a@a.example"));
		Response id = partner.post("/invitations",
				Map.of("clientIds", List.of("one"), "templateId", UUID.randomUUID()));
		Response text = partner.post("/configuration-templates",
				Map.of("name", "A", "language", "en", "expiresInDays", "30", "permissions", List.of("view-reports")));

		assertThat(number.requireProblem(400, "invalid-request").errorFields()).containsExactly("name");
		assertThat(number.text("errors.0.message")).contains("a string");
		assertThat(id.requireProblem(400, "invalid-request").errorFields()).containsExactly("clientIds[0]");
		assertThat(id.text("errors.0.message")).contains("a UUID");
		assertThat(text.requireProblem(400, "invalid-request").errorFields()).containsExactly("expiresInDays");
		assertThat(text.text("errors.0.message")).contains("a whole number");
	}

	@Test
	void namesTheFieldWhoseNumberIsTooLarge() {
		Response response = administrator().post("/configuration-templates", Map.of("name", "A", "language", "en",
				"expiresInDays", 3_000_000_000L, "permissions", List.of("view-reports")));

		assertThat(response.requireProblem(400, "invalid-request").errorFields()).containsExactly("expiresInDays");
		assertThat(response.text("errors.0.message")).contains("out of range");
	}

	@Test
	void refusesABodyThatIsNoObject() {
		Partner partner = administrator();

		partner.post("/clients", "[]").requireProblem(400, "malformed-json");
		partner.post("/clients", "").requireProblem(400, "body-missing");
	}

	@Test
	void refusesBodiesThatAreTooLarge() {
		administrator().post("/clients", Map.of("name", "x".repeat(300_000), "email", "a@a.example"))
			.requireProblem(413, "request-too-large");
	}

	@Test
	void namesTheParameterThatIsNoId() {
		Response response = administrator().get("/clients/one").requireProblem(400, "invalid-request");

		assertThat(response.errorFields()).containsExactly("clientId");
		assertThat(response.text("errors.0.message")).contains("a UUID");
	}

	@Test
	void answersUnknownRoutesMethodsAndTypesWithProblems() {
		Partner partner = administrator();

		partner.get("/nothing").requireProblem(404, "route-not-found");
		Response method = partner.send(HttpMethod.DELETE, "/clients", null, Map.of())
			.requireProblem(405, "method-not-allowed");
		assertThat(method.headers().getAllow()).contains(HttpMethod.GET, HttpMethod.POST);
		partner.send(HttpMethod.POST, "/clients", "name=A", Map.of("Content-Type", "text/plain"))
			.requireProblem(415, "unsupported-media-type");
		partner.send(HttpMethod.GET, "/clients", null, Map.of("Accept", "text/csv"))
			.requireProblem(406, "not-acceptable");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "a\nb", "\0\r\n", "a;b", "%" })
	void answersPathsThatTheFirewallStopsWithAProblem(String segment) {
		withToken(UUID.randomUUID(), null).get("/clients/{clientId}", segment).requireProblem(400, "malformed-request");
		administrator().get("/clients/{clientId}", segment).requireProblem(400, "malformed-request");
		this.http.get()
			.uri("/i/{segment}", segment)
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/xml", "text/csv", "nonsense", "///" })
	void doesNothingForThoseWhoAcceptNoAnswerOfOurs(String accept) {
		Partner partner = administrator().named("Janssens");
		UUID template = partner.createTemplate();
		UUID client = partner.addClient("Bakkerij");
		Map<String, String> headers = Map.of("Accept", accept);

		partner.post("/clients", Map.of("name", "Slager", "email", "slager@example.com"), headers)
			.requireProblem(406, "not-acceptable");
		partner.post("/invitations", Map.of("clientIds", List.of(client), "templateId", template), headers)
			.requireProblem(406, "not-acceptable");

		assertThat(partner.get("/clients?tab=inactive").json().at("/items").size()).isEqualTo(1);
		assertThat(partner.get("/invitations").json().at("/items").size()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "/v1/nothing, /v1/nothing;x", "/nowhere, /a%2Fb", "/actuator/nowhere, /actuator/nowhere;x" })
	void sendsTheSameHeadersWithWhatTheFirewallStops(String path, String stopped) {
		assertThat(securityHeaders(stopped)).isEqualTo(securityHeaders(path))
			.containsKeys("cache-control", "content-security-policy", "referrer-policy", "x-content-type-options",
					"x-frame-options");
	}

	/** All but those that are about the content. */
	private Map<String, List<String>> securityHeaders(String path) {
		HttpHeaders headers = this.http.get()
			.uri((base) -> URI.create(base.build() + path))
			.headers((request) -> request.setBearerAuth(issuer().token("user-1", Map.of())))
			.exchange()
			.expectStatus()
			.is4xxClientError()
			.returnResult(Void.class)
			.getResponseHeaders();
		return headers.headerSet()
			.stream()
			.filter((header) -> !header.getKey().equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH))
			.filter((header) -> !header.getKey().equalsIgnoreCase(HttpHeaders.CONTENT_TYPE))
			.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
	}

	@Test
	void answersMethodsThatTheFirewallStopsWithAProblem() {
		administrator().send(HttpMethod.valueOf("PROPFIND"), "/clients", null, Map.of())
			.requireProblem(400, "malformed-request");
	}

	@Test
	void takesMergePatchesByTheirOwnType() {
		Partner partner = administrator();
		UUID client = partner.addClient("A");

		partner
			.send(HttpMethod.PATCH, "/clients/" + client, "{\"name\":\"B\"}",
					Map.of("Content-Type", "application/merge-patch+json"))
			.requireStatus(200);
	}

}
