package com.banqup.invitations.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Somebody of a Partner Space at the API. */
public final class Partner {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final WebTestClient http;

	private final UUID space;

	private final @Nullable String token;

	Partner(WebTestClient http, UUID space, @Nullable String token) {
		this.http = http;
		this.space = space;
		this.token = token;
	}

	public UUID space() {
		return this.space;
	}

	/** What it shows at the API, null for none. */
	public @Nullable String token() {
		return this.token;
	}

	public Response get(String path, Object... variables) {
		return send(HttpMethod.GET, path, null, Map.of(), variables);
	}

	public Response post(String path, @Nullable Object body) {
		return send(HttpMethod.POST, path, body, Map.of());
	}

	public Response post(String path, @Nullable Object body, Map<String, String> headers) {
		return send(HttpMethod.POST, path, body, headers);
	}

	public Response patch(String path, Object body) {
		return send(HttpMethod.PATCH, path, body, Map.of());
	}

	/**
	 * Sends to a path beneath the Partner Space; a body that is no string becomes JSON.
	 */
	public Response send(HttpMethod method, String path, @Nullable Object body, Map<String, String> headers,
			Object... variables) {
		WebTestClient.RequestBodySpec request = request(method, path, variables);
		headers.forEach(request::header);
		if (body != null) {
			if (!headers.containsKey(HttpHeaders.CONTENT_TYPE)) {
				request.contentType(MediaType.APPLICATION_JSON);
			}
			request.bodyValue((body instanceof String text) ? text : JSON.writeValueAsString(body));
		}
		return response(request);
	}

	/** Sends text and does not say what it is. */
	public Response postUntyped(String path, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		WebTestClient.RequestBodySpec request = request(HttpMethod.POST, path);
		request.body((sent, context) -> sent.writeWith(Mono.fromSupplier(() -> sent.bufferFactory().wrap(bytes))));
		return response(request);
	}

	private WebTestClient.RequestBodySpec request(HttpMethod method, String path, Object... variables) {
		WebTestClient.RequestBodySpec request = this.http.method(method)
			.uri("/v1/partner-spaces/" + this.space + path, variables);
		if (this.token != null) {
			request.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.token);
		}
		return request;
	}

	private static Response response(WebTestClient.RequestBodySpec request) {
		EntityExchangeResult<byte[]> result = request.exchange().expectBody().returnResult();
		byte[] answer = result.getResponseBody();
		JsonNode json = (answer != null && answer.length > 0) ? JSON.readTree(answer) : MissingNode.getInstance();
		return new Response(result.getStatus().value(), result.getResponseHeaders(), json);
	}

	public Partner named(String name) {
		send(HttpMethod.PUT, "", Map.of("name", name), Map.of()).requireStatus(200);
		return this;
	}

	/** Adds a client with this name and gives its id. */
	public UUID addClient(String name) {
		return addClient(Map.of("name", name, "email", "office@" + UUID.randomUUID() + ".example"));
	}

	public UUID addClient(Map<String, Object> form) {
		return UUID.fromString(String.valueOf(post("/clients", form).requireStatus(201).text("id")));
	}

	public List<UUID> addClients(int count) {
		List<UUID> ids = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			ids.add(addClient("Client " + i));
		}
		return ids;
	}

	/** Creates a template and gives its id. */
	public UUID createTemplate() {
		return createTemplate(30);
	}

	public UUID createTemplate(int expiresInDays) {
		Response created = post("/configuration-templates", Map.of("name", "New clients", "language", "nl", "message",
				"Welkom", "expiresInDays", expiresInDays, "permissions", List.of("view-documents", "view-reports")));
		return UUID.fromString(String.valueOf(created.requireStatus(201).text("id")));
	}

	public Response invite(UUID template, List<UUID> clients) {
		return post("/invitations", Map.of("clientIds", clients, "templateId", template));
	}

	/** Invites one client and gives the invitation's id. */
	public UUID inviteOne(UUID template, UUID client) {
		Response response = invite(template, List.of(client)).requireStatus(202);
		return UUID.fromString(response.json().at("/results/0/invitationId").asString());
	}

	public Response invitation(UUID id) {
		return get("/invitations/" + id).requireStatus(200);
	}

	public Response client(UUID id) {
		return get("/clients/" + id).requireStatus(200);
	}

}
