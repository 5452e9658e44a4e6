package com.banqup.invitations.api.openapi;

import java.util.Set;
import java.util.TreeSet;

import com.banqup.invitations.api.ApiIntegration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

class OpenApiIT extends ApiIntegration {

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping routes;

	@Test
	void describesEveryRoute() {
		JsonNode document = document();
		Set<String> described = new TreeSet<>();
		document.at("/paths")
			.properties()
			.forEach((path) -> path.getValue()
				.propertyNames()
				.forEach((method) -> described.add(method.toUpperCase() + " " + path.getKey())));

		Set<String> served = new TreeSet<>();
		this.routes.getHandlerMethods()
			.keySet()
			.forEach((route) -> route.getPatternsCondition()
				.getPatterns()
				.stream()
				.filter((pattern) -> pattern.getPatternString().startsWith("/v1/"))
				.forEach((pattern) -> route.getMethodsCondition()
					.getMethods()
					.forEach((method) -> served.add(method + " " + pattern.getPatternString()))));

		assertThat(described).isEqualTo(served).hasSize(23);
	}

	@Test
	void saysForEveryOperationWhoMayCallItAndHowItFails() {
		JsonNode document = document();

		assertThat(document.at("/components/securitySchemes/bearer/scheme").asString()).isEqualTo("bearer");
		assertThat(document.at("/security/0/bearer").isArray()).isTrue();
		document.at("/paths").forEach((path) -> path.forEach((operation) -> {
			String id = operation.at("/operationId").asString();
			assertThat(operation.at("/summary").asString()).as("summary of %s", id).isNotBlank();
			for (String status : new String[] { "400", "401", "404", "429", "503" }) {
				assertThat(operation.at("/responses/" + status + "/content/application~1problem+json/schema/$ref")
					.asString()).as("%s of %s", status, id).isEqualTo("#/components/schemas/Problem");
			}
		}));
		JsonNode invite = document.at("/paths/~1v1~1partner-spaces~1{partnerSpaceId}~1invitations/post");
		assertThat(invite.at("/parameters").valueStream().map((parameter) -> parameter.at("/name").asString()))
			.containsExactlyInAnyOrder("partnerSpaceId", "Idempotency-Key");
		assertThat(invite.at("/responses/202/content/application~1json/schema/$ref").asString())
			.isEqualTo("#/components/schemas/InviteResults");
	}

	@Test
	void describesPatchesByWhatTheyCanChange() {
		JsonNode document = document();

		for (String[] patch : new String[][] { { "clients/{clientId}", "ClientPatch" },
				{ "configuration-templates/{templateId}", "ConfigurationTemplatePatch" } }) {
			String path = "/paths/~1v1~1partner-spaces~1{partnerSpaceId}~1" + patch[0].replace("/", "~1");
			assertThat(document.at(path + "/patch/requestBody/content/application~1json/schema/$ref").asString())
				.isEqualTo("#/components/schemas/" + patch[1]);
			assertThat(document.at(path + "/patch/parameters")
				.valueStream()
				.map((parameter) -> parameter.at("/in").asString())).containsOnly("path");
		}
		assertThat(document.at("/components/schemas").propertyNames()).doesNotContain("ObjectNode", "JsonNode");
	}

	@Test
	void givesPatternsThatHoldForTheWholeText() {
		assertThat(document().findValuesAsString("pattern")).isNotEmpty()
			.allSatisfy((pattern) -> assertThat(pattern).startsWith("^").endsWith("$"));
	}

	@Test
	void leavesNoReferenceOpen() {
		JsonNode document = document();

		Set<String> references = new TreeSet<>();
		document.findValuesAsString("$ref").forEach(references::add);
		assertThat(references).isNotEmpty()
			.allSatisfy((reference) -> assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference)
				.isFalse());
	}

	@Test
	void servesSwaggerUi() {
		this.http.get().uri("/swagger-ui.html").exchange().expectStatus().isEqualTo(HttpStatus.FOUND);
		this.http.get()
			.uri("/swagger-ui/index.html")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("swagger-ui"));
	}

	private JsonNode document() {
		byte[] body = this.http.get()
			.uri("/v3/api-docs")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBody();
		return JsonMapper.shared().readTree(body);
	}

}
