package com.banqup.invitations.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The batches of one Partner Space. Each call sends one request; what is safe to repeat
 * after {@link Unreachable} and temporary {@link ProblemAnswered} is everything here, as
 * posts carry an Idempotency-Key.
 */
public final class InvitationBatches implements AutoCloseable {

	private static final String JSON = "application/json";

	private static final String REPLAYED = "Idempotency-Replayed";

	private static final int PAGE = 100;

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http;

	private final PartnerSpace space;

	private final Answers answers;

	public InvitationBatches(PartnerSpace space, Patience patience, InstantSource clock) {
		this.space = space;
		this.http = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(patience.connect())
			.build();
		this.answers = new Answers(this.http, patience, clock, this.json);
	}

	/** All configuration templates. */
	public List<Template> templates() {
		List<Template> templates = new ArrayList<>();
		Optional<String> cursor = Optional.of("");
		while (cursor.isPresent()) {
			String from = cursor.get().isEmpty() ? "" : "&cursor=" + encoded(cursor.get());
			JsonNode page = tree(get("/configuration-templates?limit=" + PAGE + from, JSON));
			page.path("items")
				.values()
				.forEach((item) -> templates
					.add(new Template(UUID.fromString(item.path("id").asString("")), item.path("name").asString(""))));
			cursor = page.path("nextCursor").stringValueOpt();
		}
		return templates;
	}

	/** A batch. */
	public Batch batch(UUID id) {
		return batch(get("/invitation-batches/" + id, JSON));
	}

	/**
	 * Uploads rows.
	 * @param idempotencyKey the same for each attempt
	 * @param expectContinue whether to wait for the server's consent before the body
	 * @param look called several times a second while it is sent
	 */
	public TakenBatch start(String templateId, boolean dryRun, Body body, String idempotencyKey, boolean expectContinue,
			Runnable look) {
		return upload("/invitation-batches?templateId=" + encoded(templateId) + (dryRun ? "&dryRun=true" : ""), body,
				idempotencyKey, expectContinue, look);
	}

	/** Runs the failed rows of a batch again, with corrected rows. */
	public TakenBatch retry(UUID id, Body body, String idempotencyKey, boolean expectContinue, Runnable look) {
		return upload("/invitation-batches/" + id + "/retry", body, idempotencyKey, expectContinue, look);
	}

	/** Runs the failed rows of a batch again, as they are. */
	public Batch retry(UUID id, String idempotencyKey) {
		return batch(this.answers
			.send(request("/invitation-batches/" + id + "/retry", JSON).header("Idempotency-Key", idempotencyKey)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build()));
	}

	/** Stops what is not sent yet. */
	public Batch cancel(UUID id) {
		return batch(this.answers
			.send(request("/invitation-batches/" + id + "/cancel", JSON).POST(HttpRequest.BodyPublishers.noBody())
				.build()));
	}

	/** The first rows in a state. */
	public List<Row> firstRows(UUID id, RowState state, int limit) {
		JsonNode page = tree(
				get("/invitation-batches/" + id + "/rows?state=" + state.parameter() + "&limit=" + limit, JSON));
		return page.path("items").values().stream().map(Row::of).toList();
	}

	/**
	 * All rows, as the server writes them.
	 * @param state null for any
	 * @param mediaType {@code text/csv} or {@code application/x-ndjson}
	 * @return a stream that breaks when the server falls silent
	 */
	public InputStream rows(UUID id, @Nullable RowState state, String mediaType) {
		String query = (state == null) ? "" : "?state=" + state.parameter();
		return this.answers.watched(get("/invitation-batches/" + id + "/rows" + query, mediaType));
	}

	/** Reads a row of the NDJSON list. */
	public Row row(String line) {
		try {
			return Row.of(this.json.readTree(line));
		}
		catch (JacksonException ex) {
			throw new Unreachable("the answer is not a row: " + ex.getMessage(), ex);
		}
	}

	/**
	 * The states of a batch from now on, or from an event on. The server ends the stream
	 * after the final state.
	 * @param lastEventId empty to begin anew
	 */
	public ProgressStream progress(UUID id, String lastEventId) {
		HttpRequest.Builder request = request("/invitation-batches/" + id + "/progress", "text/event-stream");
		if (!lastEventId.isEmpty()) {
			request.header("Last-Event-ID", lastEventId);
		}
		HttpResponse<InputStream> response = this.answers.send(request.GET().build());
		String type = response.headers().firstValue("Content-Type").orElse("");
		InputStream stream = this.answers.watched(response);
		if (!type.startsWith("text/event-stream")) {
			new ProgressStream(stream, "", this.json).close();
			throw new NoEvents("the server answered with " + (type.isEmpty() ? "no media type" : type));
		}
		return new ProgressStream(stream, lastEventId, this.json);
	}

	private TakenBatch upload(String path, Body body, String idempotencyKey, boolean expectContinue, Runnable look) {
		AtomicLong sent = new AtomicLong();
		try (InputStream bytes = new CountingStream(body.source().open(), sent)) {
			return upload(path, body, bytes, sent, idempotencyKey, expectContinue, look);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private TakenBatch upload(String path, Body body, InputStream bytes, AtomicLong sent, String idempotencyKey,
			boolean expectContinue, Runnable look) {
		HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofInputStream(() -> bytes);
		HttpRequest.Builder request = request(path, JSON).header("Content-Type", body.contentType())
			.header("Idempotency-Key", idempotencyKey)
			.expectContinue(expectContinue)
			.POST((body.contentLength() <= 0) ? publisher
					: HttpRequest.BodyPublishers.fromPublisher(publisher, body.contentLength()));
		if (body.gzip()) {
			request.header("Content-Encoding", "gzip");
		}
		HttpResponse<InputStream> response = this.answers.send(request.build(), sent::get, look);
		return new TakenBatch(batch(response), response.headers().firstValue(REPLAYED).orElse("").equals("true"));
	}

	private HttpResponse<InputStream> get(String path, String mediaType) {
		return this.answers.send(request(path, mediaType).GET().build());
	}

	private HttpRequest.Builder request(String path, String mediaType) {
		return HttpRequest.newBuilder(this.space.uri(path))
			.header("Authorization", "Bearer " + this.space.token().get())
			.header("User-Agent", "invite-cli")
			.header("Accept", mediaType + ", application/problem+json;q=0.5");
	}

	private Batch batch(HttpResponse<InputStream> response) {
		return Batch.parse(new String(this.answers.bytes(response), StandardCharsets.UTF_8), this.json);
	}

	private JsonNode tree(HttpResponse<InputStream> response) {
		try {
			return this.json.readTree(this.answers.bytes(response));
		}
		catch (JacksonException ex) {
			throw new Unreachable("the answer is not JSON: " + ex.getMessage(), ex);
		}
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.http.shutdownNow();
	}

}
