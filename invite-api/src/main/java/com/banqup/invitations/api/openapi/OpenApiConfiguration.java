package com.banqup.invitations.api.openapi;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static java.util.Objects.requireNonNull;

/**
 * Says once what holds for every operation: the token, the problems, repeatable POSTs.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	private static final String BEARER = "bearer";

	private static final String PROBLEM = "Problem";

	static {
		// Bodies that are read as trees: their operations describe them, their methods
		// are no fields.
		SpringDocUtils.getConfig().replaceWithClass(ObjectNode.class, Object.class);
	}

	@Bean
	OpenAPI description() {
		return new OpenAPI()
			.info(new Info().title("Banqup client invitations")
				.version("1")
				.description(
						"""
								For accounting firms and their software: add clients to a Partner Space, invite them to link their \
								Business Space, and follow what becomes of the invitations.

								**Access.** A bearer token of the issuer says which Partner Space and which role its owner has. \
								Administrators and Client Managers may change, Accountants may look. What belongs to another Partner \
								Space is answered like what does not exist.

								**Problems.** Every error is `application/problem+json` (RFC 9457). Its `type` is stable; programs \
								should tell errors apart by it. `errors` names all fields that are not valid.

								**Repeating.** Send an `Idempotency-Key` with a POST that you may have to repeat: for 24 hours the \
								same key and body get the answer of the request that succeeded, and the work is done once. A request \
								that was refused can be sent again with its key. The key of a bulk stands for its upload as long as the bulk \
								can be read: until 90 days after its end, or until it is CANCELLED or FAILED.

								**Parameters.** A query parameter that the operation does not know, one without a value and one that comes \
								twice are refused (`invalid-request`), and nothing is done.

								**Fairness.** A Partner Space can have a few changes in progress and about a hundred waiting, and send \
								so many requests a second, counted apart for reading and for writing; more are answered 429. \
								`Retry-After` says how many seconds to wait; nothing was done.

								**A day's number.** A Partner Space can ask for so many mails a day: invitations, resends and the rows of \
								bulks. A request beyond it is answered 429 (`daily-limit-reached`) until the next day begins; bulks go on then \
								by themselves.

								**Lists.** Newest first. `nextCursor` leads to the next page; what is added meanwhile shifts nothing.
								"""))
			.servers(List.of(new Server().url("/")))
			.tags(List.of(new Tag().name("Partner Space").description("The name that clients know."),
					new Tag().name("Clients").description("The clients of the Partner Space."),
					new Tag().name("Configuration templates").description("What new clients are asked for."),
					new Tag().name("Invitations").description("Invite, follow, send again, revoke."),
					new Tag().name("Overview").description("Numbers.")))
			.security(List.of(new SecurityRequirement().addList(BEARER)))
			.components(new Components()
				.addSecuritySchemes(BEARER,
						new SecurityScheme().type(SecurityScheme.Type.HTTP)
							.scheme("bearer")
							.bearerFormat("JWT")
							.description("Claims give the Partner Space and the role."))
				.addSchemas(PROBLEM, problem()));
	}

	@Bean
	OpenApiCustomizer whatHoldsForEveryOperation() {
		return (api) -> {
			api.getComponents().addSchemas("ClientPatch", patchOf(api, "ClientForm"));
			api.getComponents().addSchemas("ConfigurationTemplatePatch", patchOf(api, "ConfigurationTemplateForm"));
			api.getPaths().values().forEach(OpenApiConfiguration::complete);
		};
	}

	/** The form with nothing required. */
	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static Schema<?> patchOf(OpenAPI api, String form) {
		Schema<?> whole = requireNonNull(api.getComponents().getSchemas().get(form));
		Schema patch = new Schema<>().description("Only the fields to change; null takes an optional one away.");
		patch.addType("object");
		patch.setProperties(whole.getProperties());
		patch.setAdditionalProperties(false);
		return patch;
	}

	private static void complete(PathItem path) {
		for (Map.Entry<HttpMethod, Operation> entry : path.readOperationsMap().entrySet()) {
			Operation operation = entry.getValue();
			boolean writes = entry.getKey() != HttpMethod.GET;
			ApiResponses responses = operation.getResponses();
			add(responses, "400",
					"invalid-request (with errors), malformed-request, malformed-json, body-missing or invalid-idempotency-key");
			add(responses, "401", "token-required or invalid-token");
			if (writes) {
				add(responses, "403", "role-not-sufficient");
			}
			add(responses, "404", "partner-space-not-found, or what the path names is not found");
			if (operation.getRequestBody() != null) {
				add(responses, "413", "request-too-large");
				add(responses, "415", "unsupported-media-type");
			}
			if (entry.getKey() == HttpMethod.POST) {
				add(responses, "409", "request-in-progress");
				add(responses, "422", "idempotency-key-reused");
				operation.addParametersItem(idempotencyKey("inviteInBulk".equals(operation.getOperationId())));
			}
			add(responses, "429", "too-many-requests");
			addRetryAfter(responses, "429");
			add(responses, "503", "storage-unavailable or identity-provider-unavailable");
			addRetryAfter(responses, "503");
		}
	}

	private static void addRetryAfter(ApiResponses responses, String status) {
		requireNonNull(responses.get(status)).addHeaderObject("Retry-After",
				new Header().description("Seconds to wait.").schema(new IntegerSchema()));
	}

	private static Parameter idempotencyKey(boolean bulk) {
		return new HeaderParameter().name("Idempotency-Key")
			.description(bulk
					? "The same upload with this key goes on where it broke, or is answered with the bulk that was made of it: "
							+ "within 24 hours while it is not complete, then until 90 days after the bulk's end. A bulk that is "
							+ "CANCELLED or FAILED frees its key."
					: "Repeats of a request that succeeded, with this key and the same body, get its answer for 24 hours.")
			.example("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")
			.schema(new StringSchema().minLength(1).maxLength(257));
	}

	private static void add(ApiResponses responses, String status, String description) {
		if (!responses.containsKey(status)) {
			responses.addApiResponse(status,
					new ApiResponse().description(description)
						.content(new Content().addMediaType("application/problem+json",
								new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
		}
	}

	private static Schema<?> problem() {
		Schema<?> error = object("What is wrong with a field.")
			.addProperty("field",
					new StringSchema().description("By its path in the body, or the parameter's name.")
						.example("expiresInDays"))
			.addProperty("message",
					new StringSchema().description("What it is and what is expected.").example("0 (expected: 1..90)"));
		Schema<?> errors = new Schema<>().description("All fields that are not valid.").items(error);
		errors.addType("array");
		return object("A problem (RFC 9457).")
			.addProperty("type",
					new StringSchema().format("uri")
						.description("Stable: tells problems apart.")
						.example("https://banqup.example/problems/invalid-request"))
			.addProperty("title", new StringSchema().example("Invalid request"))
			.addProperty("status", new IntegerSchema().example(400))
			.addProperty("detail", new StringSchema().example("Not valid: expiresInDays."))
			.addProperty("instance", new StringSchema().format("uri-reference"))
			.addProperty("row",
					new IntegerSchema().description("At which row a bulk was refused, 1 for the first.").example(17))
			.addProperty("line",
					new IntegerSchema()
						.description("Where malformed JSON goes wrong, or at which line a bulk was refused."))
			.addProperty("column", new IntegerSchema().description("Where JSON goes wrong."))
			.addProperty("batchId",
					new StringSchema().format("uuid")
						.description("Of a bulk: the batch that has what was taken, if anything was."))
			.addProperty("errors", errors);
	}

	private static Schema<?> object(String description) {
		Schema<?> schema = new Schema<>().description(description);
		schema.addType("object");
		return schema;
	}

}
