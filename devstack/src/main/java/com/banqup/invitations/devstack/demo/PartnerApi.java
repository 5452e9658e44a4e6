package com.banqup.invitations.devstack.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a partner asks of invite-api, on behalf of one user of one Partner Space. Every
 * call is safe to repeat, and is repeated while the service is away.
 */
final class PartnerApi {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final int PAGE = 100;

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http;

	private final String partnerSpace;

	private final String token;

	private final Retry retry;

	/**
	 * A client of one Partner Space.
	 * @param partnerSpace its URL
	 * @param token the user's bearer token
	 */
	PartnerApi(HttpClient http, URI partnerSpace, String token, Retry retry) {
		this.http = http;
		this.partnerSpace = partnerSpace.toString();
		this.token = token;
		this.retry = retry;
	}

	/** Sets the name that mails and pages show. */
	void namePartnerSpace(String name) {
		call("naming the Partner Space", "PUT", "", Map.of("name", name), null);
	}

	/** The id of the template with this name, made unless it is there. */
	String template(Template template) {
		return findTemplate(template.name()).orElseGet(() -> call("making a configuration template", "POST",
				"/configuration-templates", template, "demo-template")
			.required("id")
			.asString());
	}

	private Optional<String> findTemplate(String name) {
		return pages("/configuration-templates").stream()
			.filter((template) -> name.equals(template.path("name").asString("")))
			.map((template) -> template.required("id").asString())
			.findFirst();
	}

	/** All clients of the Partner Space, on both tabs. */
	List<InvitedClient> clients() {
		List<InvitedClient> clients = new ArrayList<>();
		pages("/clients?tab=active").forEach((client) -> clients.add(InvitedClient.of(client)));
		pages("/clients?tab=inactive").forEach((client) -> clients.add(InvitedClient.of(client)));
		return clients;
	}

	/** The ids of the clients on the Active tab. */
	Set<String> activeClients() {
		return pages("/clients?tab=active").stream()
			.map((client) -> client.required("id").asString())
			.collect(Collectors.toSet());
	}

	/** Adds a client. */
	InvitedClient add(SampleClient client) {
		return InvitedClient
			.of(call("adding a client", "POST", "/clients", client, "demo-" + client.externalReference()));
	}

	/** Reads a client. */
	InvitedClient client(String id) {
		return InvitedClient.of(call("reading a client", "GET", "/clients/" + id, null, null));
	}

	/** Invites up to 1,000 clients by one request; one result for each. */
	List<InvitationResult> invite(String templateId, List<String> clientIds, String idempotencyKey) {
		JsonNode answer = call("inviting the clients", "POST", "/invitations",
				Map.of("clientIds", clientIds, "templateId", templateId), idempotencyKey);
		return answer.required("results").values().stream().map(InvitationResult::of).toList();
	}

	Overview overview() {
		return Overview.of(call("reading the overview", "GET", "/overview", null, null));
	}

	private List<JsonNode> pages(String path) {
		String separator = path.contains("?") ? "&" : "?";
		List<JsonNode> items = new ArrayList<>();
		Optional<String> cursor = Optional.of("");
		while (cursor.isPresent()) {
			String from = cursor.get().isEmpty() ? ""
					: "&cursor=" + URLEncoder.encode(cursor.get(), StandardCharsets.UTF_8);
			JsonNode page = call("reading a list", "GET", path + separator + "limit=" + PAGE + from, null, null);
			items.addAll(page.required("items").values());
			cursor = page.path("nextCursor").stringValueOpt();
		}
		return items;
	}

	private JsonNode call(String what, String method, String path, @Nullable Object body,
			@Nullable String idempotencyKey) {
		return this.retry.call(what, () -> {
			HttpRequest request = request(method, path, body, idempotencyKey);
			HttpResponse<String> response = Http.send(this.http, request);
			if (isInProgress(response)) {
				throw new TemporaryFailure(what + ": the earlier request is still in progress");
			}
			if (response.statusCode() / 100 != 2) {
				throw new DemoException(what + " failed: " + Http.describe(request, response));
			}
			return this.json.readTree(response.body().isBlank() ? "{}" : response.body());
		});
	}

	/** A killed service may have left a request half done, until PostgreSQL notices. */
	private static boolean isInProgress(HttpResponse<String> response) {
		return response.statusCode() == 409 && response.body().contains("/request-in-progress\"");
	}

	private HttpRequest request(String method, String path, @Nullable Object body, @Nullable String idempotencyKey) {
		HttpRequest.BodyPublisher publisher = (body == null) ? HttpRequest.BodyPublishers.noBody()
				: HttpRequest.BodyPublishers.ofByteArray(this.json.writeValueAsBytes(body));
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.partnerSpace + path))
			.timeout(TIMEOUT)
			.header("Authorization", "Bearer " + this.token)
			.header("Accept", "application/json, application/problem+json")
			.method(method, publisher);
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (idempotencyKey != null) {
			request.header("Idempotency-Key", idempotencyKey);
		}
		return request.build();
	}

	/** A configuration template as it is made. */
	record Template(String name, String language, String message, int expiresInDays, List<String> permissions) {
	}

	/**
	 * A client as the API shows it.
	 *
	 * @param invitationId its latest invitation, if it has one
	 */
	record InvitedClient(String id, String name, String email, String language, Optional<String> externalReference,
			Optional<String> vatNumber, Optional<String> country, boolean active, Optional<String> invitationId) {

		static InvitedClient of(JsonNode client) {
			return new InvitedClient(client.required("id").asString(), client.required("name").asString(),
					client.required("email").asString(), client.path("language").asString(""),
					client.path("externalReference").stringValueOpt(), client.path("vatNumber").stringValueOpt(),
					client.path("country").stringValueOpt(), "ACTIVE".equals(client.required("status").asString()),
					client.path("invitation").path("id").stringValueOpt());
		}

	}

	/**
	 * What became of the request for one client.
	 *
	 * @param accepted whether an invitation was made
	 * @param reason why not
	 */
	record InvitationResult(String clientId, boolean accepted, String reason) {

		static InvitationResult of(JsonNode result) {
			return new InvitationResult(result.required("clientId").asString(),
					"accepted".equals(result.required("outcome").asString()), result.path("reason").asString(""));
		}

	}

}
