package com.banqup.invitations.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Plays the Invite API as it behaves on good and on bad days; tells what it was asked.
 */
public final class StubServer implements AutoCloseable {

	/** The Partner Space that it has. */
	public static final String SPACE = "0199a000-0000-7000-8000-000000000001";

	/** The batch that it has. */
	public static final String BATCH = "0199a000-0000-7000-8000-00000000000b";

	private static final String BASE = "/v1/partner-spaces/" + SPACE;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final CountDownLatch closing = new CountDownLatch(1);

	private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	public StubServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/** Answers in turn; the last one again and again. */
	public StubServer on(String method, String path, Answer... answers) {
		this.answers.put(method + " " + path, new ArrayDeque<>(List.of(answers)));
		return this;
	}

	public List<Asked> asked() {
		return this.asked;
	}

	/** What it was asked by this method at this path. */
	public List<Asked> asked(String method, String path) {
		return this.asked.stream().filter((one) -> one.method.equals(method) && one.path.equals(path)).toList();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		Asked request = new Asked(exchange.getRequestMethod(),
				path.startsWith(BASE) ? path.substring(BASE.length()) : path,
				String.valueOf(exchange.getRequestURI().getQuery()), exchange.getRequestHeaders());
		this.asked.add(request);
		Deque<Answer> answers = this.answers.getOrDefault(request.method + " " + request.path,
				new ArrayDeque<>(List.of(problem(404, "not-found", "There is nothing at " + request.path))));
		Answer answer;
		synchronized (answers) {
			answer = (answers.size() > 1) ? answers.removeFirst() : answers.getFirst();
		}
		answer.give(exchange, request, this); // closed if that succeeds: closing ends an
												// answer in good order
		exchange.close();
	}

	@Override
	public void close() {
		this.closing.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** Takes the body and answers with JSON. */
	public static Answer json(int status, String body) {
		return (exchange, request, server) -> {
			request.take(exchange.getRequestBody());
			write(exchange, status, "application/json", body);
		};
	}

	/** Takes the body and answers with any text. */
	public static Answer text(String mediaType, String body) {
		return (exchange, request, server) -> {
			request.take(exchange.getRequestBody());
			write(exchange, 200, mediaType, body);
		};
	}

	/** Refuses after it has the body. */
	public static Answer problem(int status, String name, String detail) {
		return json(status, """
				{"type":"https://banqup.example/problems/%s","title":"%s","status":%d,"detail":"%s"}""".formatted(name,
				name.replace('-', ' '), status, detail));
	}

	/** Refuses, and says when to come back. */
	public static Answer busy(int status, String retryAfter) {
		Answer problem = problem(status, "too-many-requests", "Later.");
		return (exchange, request, server) -> {
			exchange.getResponseHeaders().add("Retry-After", retryAfter);
			problem.give(exchange, request, server);
		};
	}

	/** Says that it has answered the same before. */
	public static Answer replayed(Answer answer) {
		return (exchange, request, server) -> {
			exchange.getResponseHeaders().add("Idempotency-Replayed", "true");
			answer.give(exchange, request, server);
		};
	}

	/** Breaks the connection when so much of the body is there. */
	public static Answer breakAfter(int bytes) {
		return (exchange, request, server) -> {
			request.body = exchange.getRequestBody().readNBytes(bytes);
			throw new IOException("broken on purpose");
		};
	}

	/** Refuses in the middle of the body. */
	public static Answer refuseAfter(int bytes, Answer refusal) {
		return (exchange, request, server) -> {
			request.body = exchange.getRequestBody().readNBytes(bytes);
			refusal.give(exchange, request, server);
		};
	}

	/** Takes the body and never answers. */
	public static Answer silence() {
		return (exchange, request, server) -> {
			request.take(exchange.getRequestBody());
			server.waitForTheEnd();
		};
	}

	/** Sends events, then ends the stream. */
	public static Answer events(String... events) {
		return (exchange, request, server) -> {
			OutputStream out = begin(exchange);
			for (String event : events) {
				out.write(event.getBytes(StandardCharsets.UTF_8));
				out.flush();
			}
		};
	}

	/** Sends events, then breaks the connection. */
	public static Answer eventsThenBreak(String... events) {
		Answer whole = events(events);
		return (exchange, request, server) -> {
			whole.give(exchange, request, server);
			throw new IOException("broken on purpose");
		};
	}

	/** Sends events, and breaks the connection once they were seen. */
	public static Answer eventsThenBreakOnce(BooleanSupplier seen, String... events) {
		Answer whole = events(events);
		return (exchange, request, server) -> {
			whole.give(exchange, request, server);
			while (!seen.getAsBoolean() && server.closing.getCount() > 0) {
				Thread.onSpinWait();
			}
			throw new IOException("broken on purpose");
		};
	}

	/** Sends events, then nothing more, without ending the stream. */
	public static Answer eventsThenSilence(String... events) {
		Answer whole = events(events);
		return (exchange, request, server) -> {
			whole.give(exchange, request, server);
			server.waitForTheEnd();
		};
	}

	/** An event of the progress stream. */
	public static String event(int id, String batch) {
		return "event: progress\nid: " + id + "\ndata: " + batch + "\n\n";
	}

	/** A batch without a failure. */
	public static String batch(String state, String counts) {
		return """
				{"id":"%s","state":"%s","dryRun":false,"templateId":"%s","createdAt":"2026-03-01T09:59:50Z",%s"counts":{%s},"rate":812.5,"someday":"more"}"""
			.formatted(BATCH, state, SPACE, endedAt(state), counts);
	}

	private static String endedAt(String state) {
		return state.equals("RUNNING") || state.equals("RECEIVING") ? "" : "\"endedAt\":\"2026-03-01T10:01:53Z\",";
	}

	private static OutputStream begin(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		return exchange.getResponseBody();
	}

	private static void write(HttpExchange exchange, int status, String mediaType, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", (status < 400) ? mediaType : "application/problem+json");
		exchange.sendResponseHeaders(status, (bytes.length == 0) ? -1 : bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	private void waitForTheEnd() {
		try {
			this.closing.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What it does with a request. */
	public interface Answer {

		void give(HttpExchange exchange, Asked request, StubServer server) throws IOException;

	}

	/** A request. */
	public static final class Asked {

		private final String method;

		private final String path;

		private final String query;

		private final Headers headers;

		private volatile byte[] body = {};

		private volatile long size;

		Asked(String method, String path, String query, Headers headers) {
			this.method = method;
			this.path = path;
			this.query = query;
			this.headers = headers;
		}

		/** Keeps the body's beginning and counts the rest. */
		void take(InputStream in) throws IOException {
			this.body = in.readNBytes(1 << 20);
			this.size = this.body.length + in.transferTo(OutputStream.nullOutputStream());
		}

		public String path() {
			return this.path;
		}

		public String query() {
			return this.query;
		}

		public String header(String name) {
			return String.valueOf(this.headers.getFirst(name));
		}

		public byte[] bytes() {
			return this.body;
		}

		public long size() {
			return this.size;
		}

		public String body() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%s %s?%s", this.method, this.path, this.query);
		}

	}

}
