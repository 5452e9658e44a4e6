package com.banqup.invitations.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON over HTTP with a bearer token, as a partner's system or the app would do it.
 *
 * @param base what paths are resolved against, without a slash at its end
 * @param token the bearer token, null for none
 */
record Json(URI base, @Nullable String token) {

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

	private static final JsonMapper MAPPER = JsonMapper.shared();

	Answer get(String path) {
		return send(request(path).GET());
	}

	/** The body as it came, of an answer 200. */
	byte[] bytes(String path) {
		HttpResponse<byte[]> response = exchange(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
		if (response.statusCode() != 200) {
			throw new AssertionError("HTTP %d (expected: 200): %s".formatted(response.statusCode(), path));
		}
		return response.body();
	}

	Answer post(String path, Map<String, ?> body) {
		return send(request(path).header("Content-Type", "application/json").POST(json(body)));
	}

	Answer put(String path, Map<String, ?> body) {
		return send(request(path).header("Content-Type", "application/json").PUT(json(body)));
	}

	Answer postForm(String path, Map<String, String> fields) {
		String form = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
	}

	/** Sends rows as NDJSON, to be gone on with by the same key when that breaks. */
	Answer upload(String path, String idempotencyKey, byte[] rows) {
		return send(upload(path, idempotencyKey).POST(HttpRequest.BodyPublishers.ofByteArray(rows)));
	}

	/** Begins the same with rows that may still be written, and does not wait for it. */
	CompletableFuture<?> startUpload(String path, String idempotencyKey, InputStream rows) {
		return HTTP.sendAsync(
				upload(path, idempotencyKey).POST(HttpRequest.BodyPublishers.ofInputStream(() -> rows)).build(),
				HttpResponse.BodyHandlers.discarding());
	}

	private HttpRequest.Builder upload(String path, String idempotencyKey) {
		return request(path).header("Content-Type", "application/x-ndjson").header("Idempotency-Key", idempotencyKey);
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(60));
		return (this.token != null) ? request.header("Authorization", "Bearer " + this.token) : request;
	}

	private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
		return HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body));
	}

	private static Answer send(HttpRequest.Builder request) {
		HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
		String body = response.body();
		return new Answer(response.statusCode(),
				body.isBlank() ? JsonNodeFactory.instance.objectNode() : MAPPER.readTree(body));
	}

	private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
		try {
			return HTTP.send(request, handler);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(request.uri() + ": " + ex.getMessage(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param body the JSON, an empty object when there was none
	 */
	record Answer(int status, JsonNode body) {

		/** This answer if it has the status, an error that shows the body otherwise. */
		Answer expect(int expected) {
			if (this.status != expected) {
				throw new AssertionError("HTTP %d (expected: %d): %s".formatted(this.status, expected, this.body));
			}
			return this;
		}

		String text(String field) {
			return this.body.required(field).asString();
		}

	}

}
