package com.banqup.invitations.api.problem;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

class RequestProblemsIT extends ApiIntegration {

	private static final String API = "/v1/partner-spaces/{partnerSpaceId}";

	@LocalServerPort
	private int port;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping routes;

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

		assertThat(partner.post("/clients", "[]").requireProblem(400, "malformed-json").text("detail"))
			.contains("expected: a JSON object");
		assertThat(partner.patch("/clients/" + UUID.randomUUID(), "[]")
			.requireProblem(400, "malformed-json")
			.text("detail")).contains("expected: a JSON object");
		partner.post("/clients", "").requireProblem(400, "body-missing");
	}

	@Test
	void saysWhatJsonIsMalformedBy() {
		Partner partner = administrator();
		Response twice = partner.post("/clients", "{\n\"name\":\"A\",\"name\":\"B\"}");
		Response name = partner.post("/clients", "{\"" + "x".repeat(60_000) + "\":1}");
		Response number = partner.post("/clients", "{\"name\":" + "1".repeat(2_000) + "}");

		assertThat(twice.requireProblem(400, "malformed-json").text("detail")).contains("the same field twice");
		assertThat(twice.json().at("/line").asInt()).isEqualTo(2);
		assertThat(name.requireProblem(400, "malformed-json").text("detail")).contains("longer than what is read");
		assertThat(number.requireProblem(400, "malformed-json").text("detail")).contains("longer than what is read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dryrun=true", "dry_run=true", "dryRun", "dryRun=", "dryRun=TRUE", "dryRun=1",
			"dryRun=false&dryRun=true" })
	void takesNoBulkFromWhoeverMistypesDryRun(String parameter) {
		Partner partner = administrator().named("Janssens");
		Response response = partner.post("/invitation-batches?templateId=" + partner.createTemplate() + "&" + parameter,
				"name,email\nA,a@a.example\n", Map.of("Content-Type", "text/csv"));

		assertThat(response.requireProblem(400, "invalid-request").errorFields())
			.containsExactly(parameter.replaceFirst("=.*", ""));
		assertThat(response.text("errors.0.message")).contains("expected: ");
		assertThat(partner.get("/invitation-batches").json().at("/items")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?templateId=", "?templateId" })
	void namesTheTemplateIfABulkHasNone(String query) {
		Response response = administrator().post("/invitation-batches" + query, "name,email\n",
				Map.of("Content-Type", "text/csv"));

		assertThat(response.requireProblem(400, "invalid-request").errorFields()).containsExactly("templateId");
		assertThat(response.text("errors.0.message")).endsWith(" (expected: a UUID)");
	}

	@Test
	void takesOnlyParametersThatTheOperationKnows() {
		Partner partner = administrator();

		this.routes.getHandlerMethods()
			.keySet()
			.stream()
			.filter((route) -> pattern(route).startsWith(API))
			.forEach((route) -> assertThat(bogus(partner, route).requireProblem(400, "invalid-request").errorFields())
				.as("unknown at %s", route)
				.contains("bogus"));
		assertThat(partner.get("/clients?tab=active&tab=inactive").requireProblem(400, "invalid-request").errorFields())
			.containsExactly("tab");
		assertThat(partner.get("/invitations?state=").requireProblem(400, "invalid-request").text("errors.0.message"))
			.isEqualTo("empty (expected: one of PENDING, ACCEPTED, EXPIRED, REVOKED)");
		partner.get("/clients?search=&limit=1").requireStatus(200);
		this.http.get().uri("/v3/api-docs?bogus=1").exchange().expectStatus().isOk();
		this.http.get().uri("/actuator/health?bogus=1").exchange().expectStatus().isOk();
	}

	private static Response bogus(Partner partner, RequestMappingInfo route) {
		HttpMethod method = route.getMethodsCondition().getMethods().iterator().next().asHttpMethod();
		Map<String, String> headers = new HashMap<>();
		route.getProducesCondition()
			.getProducibleMediaTypes()
			.forEach((type) -> headers.put("Accept", type.toString()));
		route.getConsumesCondition()
			.getConsumableMediaTypes()
			.forEach((type) -> headers.put("Content-Type", type.toString()));
		String path = pattern(route).substring(API.length()).replaceAll("\\{\\w+}", UUID.randomUUID().toString());
		return partner.send(method, path + "?bogus=1", HttpMethod.GET.equals(method) ? null : "{}", headers);
	}

	private static String pattern(RequestMappingInfo route) {
		return route.getPatternsCondition().getPatterns().iterator().next().getPatternString();
	}

	@Test
	void namesWhatThePathAnswersWith() {
		Partner partner = administrator();
		String batch = "/invitation-batches/" + UUID.randomUUID();
		Response progress = partner.send(HttpMethod.GET, batch + "/progress", null,
				Map.of("Accept", "application/json"));
		Response rows = partner.send(HttpMethod.GET, batch + "/rows", null, Map.of("Accept", "application/xml"));
		Response overview = partner.send(HttpMethod.GET, "/overview", null, Map.of("Accept", "text/csv"));

		assertThat(progress.requireProblem(406, "not-acceptable").text("detail"))
			.endsWith("(expected: text/event-stream).");
		assertThat(rows.requireProblem(406, "not-acceptable").text("detail"))
			.endsWith("(expected: application/json, application/x-ndjson, text/csv).");
		assertThat(overview.requireProblem(406, "not-acceptable").text("detail"))
			.endsWith("(expected: application/json).");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "application/json" })
	void namesWhatCorrectionsCanBeWrittenIn(String type) {
		Response response = administrator().post("/invitation-batches/" + UUID.randomUUID() + "/retry", "x",
				Map.of("Content-Type", type));

		assertThat(response.requireProblem(415, "unsupported-media-type").text("detail"))
			.endsWith("(expected: application/x-ndjson, text/csv).");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/x-www-form-urlencoded", "" })
	void takesAnEmptyBodyForNoCorrectionsWhateverItIsCalled(String type) {
		Map<String, String> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", type);

		administrator().send(HttpMethod.POST, "/invitation-batches/" + UUID.randomUUID() + "/retry", null, headers)
			.requireProblem(404, "batch-not-found");
	}

	@Test
	void doesNotTakeAnEmptyFileForNoCorrections() {
		administrator()
			.send(HttpMethod.POST, "/invitation-batches/" + UUID.randomUUID() + "/retry", null,
					Map.of("Content-Type", "text/csv"))
			.requireProblem(400, "empty-upload");
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
		Response bulk = partner.send(HttpMethod.POST, "/invitation-batches?templateId=" + UUID.randomUUID(), "name=A",
				Map.of("Content-Type", "text/plain"));
		assertThat(bulk.requireProblem(415, "unsupported-media-type").text("detail"))
			.contains("application/json, application/x-ndjson, text/csv");
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

	@ParameterizedTest
	@ValueSource(strings = { "/v1/%zz", "/v1/a|{b}", "/v1/\u0001", "%", "//[" })
	void answersTargetsThatAreNoUrisLikePathsThatTheFirewallStops(String target) throws IOException {
		Answer answer = answerTo("GET " + target + " HTTP/1.1\r\nConnection: close");

		answer.requireProblem(400, "malformed-request");
		assertThat(answer.head()).containsIgnoringCase("x-content-type-options: nosniff");
		assertThat(answerTo("HEAD " + target + " HTTP/1.1\r\nConnection: close").body()).isEmpty();
	}

	@Test
	void answersWhatTheServerCannotReadWithAProblem() throws IOException {
		answerTo("GET /v1/ HTTP/1.1\r\nno colon").requireProblem(400, "malformed-request");
		answerTo("GET /v1/" + "x".repeat(5_000) + " HTTP/1.1").requireProblem(414, "uri-too-long");
		answerTo("GET /v1/ HTTP/1.1\r\nX-Long: " + "x".repeat(20_000)).requireProblem(431,
				"request-header-fields-too-large");
	}

	@Test
	void answersWhatTheServerCannotReadAfterTheRequestsBeforeIt() throws IOException {
		String good = "GET /actuator/health/liveness HTTP/1.1\r\nHost: a\r\n";

		String answers = answersTo(good + "\r\n" + good + "\r\n" + good + "no colon\r\n\r\n" + good + "\r\n");

		assertThat(answers.split("HTTP/1.1 ", -1))
			.extracting((answer) -> answer.substring(0, Math.min(3, answer.length())))
			.containsExactly("", "200", "200", "400");
		assertThat(answers).endsWith("}").contains("/problems/malformed-request");
	}

	private Answer answerTo(String head) throws IOException {
		String answer = answersTo(head + "\r\nHost: a\r\n\r\n");
		int body = answer.indexOf("\r\n\r\n") + 4;
		return new Answer(answer.substring(0, body), answer.substring(body));
	}

	/** All that comes until the server closes the connection. */
	private String answersTo(String requests) throws IOException {
		try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			connection.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
			connection.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
			return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private record Answer(String head, String body) {

		void requireProblem(int status, String type) {
			assertThat(this.head).startsWith("HTTP/1.1 " + status + " ")
				.containsIgnoringCase("content-type: application/problem+json");
			JsonNode problem = JsonMapper.shared().readTree(this.body);
			assertThat(problem.at("/type").asString()).isEqualTo("https://banqup.example/problems/" + type);
			assertThat(problem.at("/status").asInt()).isEqualTo(status);
		}

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
