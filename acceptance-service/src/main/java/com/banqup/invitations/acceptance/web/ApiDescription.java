package com.banqup.invitations.acceptance.web;

import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.springdoc.core.customizers.OpenApiCustomizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static java.util.Objects.requireNonNull;

/**
 * The head of the API's OpenAPI description, and what holds for every operation: its
 * problems. Controllers name only those of their own.
 */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(security = @SecurityRequirement(name = "clients"),
		info = @Info(title = "Acceptance API", version = "1", description = """
				What the Banqup One app uses to show an invitation and to accept it. Problems are
				application/problem+json (RFC 9457); their types are stable. Fields that are not described are
				refused in requests and are to be ignored in answers."""))
@SecurityScheme(name = "clients", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT",
		description = "An access token of the clients' identity provider.")
class ApiDescription {

	private static final String PROBLEM = "Problem";

	@Bean
	OpenApiCustomizer whatHoldsForEveryOperation() {
		return (api) -> {
			api.getComponents().addSchemas(PROBLEM, problem());
			operations(api).forEach(ApiDescription::complete);
		};
	}

	private static Stream<Operation> operations(OpenAPI api) {
		return api.getPaths().values().stream().flatMap((path) -> path.readOperations().stream());
	}

	private static void complete(Operation operation) {
		ApiResponses responses = operation.getResponses();
		add(responses, "400", "malformed-request");
		add(responses, "401", "unauthorized");
		add(responses, "406", "not-acceptable");
		if (operation.getRequestBody() != null) {
			add(responses, "413", "request-too-large");
			add(responses, "415", "unsupported-media-type");
		}
		add(responses, "500", "internal-error");
		add(responses, "503", "service-unavailable or identity-provider-unavailable");
		requireNonNull(responses.get("503")).addHeaderObject("Retry-After",
				new Header().description("Seconds to wait").schema(new IntegerSchema()));
		responses.forEach(ApiDescription::answerProblem);
	}

	private static void add(ApiResponses responses, String status, String types) {
		responses.computeIfAbsent(status, (missing) -> new ApiResponse().description(types));
	}

	private static void answerProblem(String status, ApiResponse response) {
		if (Integer.parseInt(status) >= 400) {
			response.content(new Content().addMediaType("application/problem+json",
					new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
		}
	}

	private static Schema<?> problem() {
		Schema<?> errors = new Schema<>().description("With invalid-request: every field that is wrong")
			.items(object("What is wrong with a field").addProperty("field", new StringSchema().example("country"))
				.addProperty("message", new StringSchema().example("is no country (expected: ISO 3166-1 alpha-2)")));
		errors.addType("array");
		return object("A problem (RFC 9457)")
			.addProperty("type",
					new StringSchema().format("uri")
						.description("Stable: tells problems apart")
						.example("https://banqup.example/problems/link-expired"))
			.addProperty("title", new StringSchema().example("Link expired"))
			.addProperty("status", new IntegerSchema().example(410))
			.addProperty("detail", new StringSchema())
			.addProperty("instance", new StringSchema().format("uri").description("Names this very answer"))
			.addProperty("errors", errors);
	}

	private static Schema<?> object(String description) {
		Schema<?> schema = new Schema<>().description(description);
		schema.addType("object");
		return schema;
	}

}
