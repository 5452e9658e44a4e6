package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small web server on 127.0.0.1 for the stack's own pages. It answers nobody who calls
 * it by a name that is not this machine's.
 */
public final class LocalHttp {

	private static final Logger log = LoggerFactory.getLogger(LocalHttp.class);

	private final HttpServer server;

	private final ExecutorService threads;

	private LocalHttp(HttpServer server, ExecutorService threads) {
		this.server = server;
		this.threads = threads;
	}

	public static LocalHttp start(int port, Handler handler) {
		try {
			HttpServer server = HttpServers.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
			server.setExecutor(threads);
			server.createContext("/", (exchange) -> respond(exchange, handler));
			server.start();
			return new LocalHttp(server, threads);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("port " + port + ": " + ex.getMessage(), ex);
		}
	}

	public void stop() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private static void respond(HttpExchange exchange, Handler handler) throws IOException {
		try (exchange) {
			Response response;
			try {
				response = refused(exchange) ? Response.text(403, "Refused: open this page by 127.0.0.1 or localhost.")
						: handler.handle(new Request(exchange));
			}
			catch (BadRequestException ex) {
				response = Response.text(400, String.valueOf(ex.getMessage()));
			}
			catch (RuntimeException ex) {
				log.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI().getPath(), ex);
				response = Response.text(500, "This did not work; the log says why.");
			}
			send(exchange, response);
		}
	}

	private static void send(HttpExchange exchange, Response response) throws IOException {
		exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
		exchange.getResponseHeaders().set("Referrer-Policy", "same-origin");
		exchange.getResponseHeaders().set("Cache-Control", "no-store");
		response.headers().forEach(exchange.getResponseHeaders()::set);
		boolean head = exchange.getRequestMethod().equals("HEAD");
		byte[] body = response.body();
		exchange.sendResponseHeaders(response.status(), (head || body.length == 0) ? -1 : body.length);
		if (!head && body.length > 0) {
			exchange.getResponseBody().write(body);
		}
	}

	/** Called by a name that somebody else points at 127.0.0.1. */
	private static boolean refused(HttpExchange exchange) {
		String host = exchange.getRequestHeaders().getFirst("Host");
		return host == null || !isLocal(host.replaceFirst(":\\d+$", ""));
	}

	private static boolean isLocal(String name) {
		return name.equals("127.0.0.1") || name.equals("localhost") || name.equals("[::1]");
	}

	/** Answers requests, on a virtual thread each. */
	@FunctionalInterface
	public interface Handler {

		Response handle(Request request);

	}

	/** What the caller sent makes no sense; the message says what was expected. */
	public static final class BadRequestException extends RuntimeException {

		public BadRequestException(String message) {
			super(message);
		}

	}

	/** A request, as far as the pages need it. */
	public static final class Request {

		private static final int BODY_LIMIT = 1 << 20;

		private final HttpExchange exchange;

		private @Nullable String body;

		Request(HttpExchange exchange) {
			this.exchange = exchange;
		}

		public String method() {
			String method = this.exchange.getRequestMethod();
			return method.equals("HEAD") ? "GET" : method;
		}

		public String path() {
			return this.exchange.getRequestURI().getPath();
		}

		/** Scheme, host and port as the caller named them. */
		public String origin() {
			return "http://" + this.exchange.getRequestHeaders().getFirst("Host");
		}

		/** Whether a page of another site sent this, as far as browsers tell. */
		public boolean isFromAnotherSite() {
			String origin = this.exchange.getRequestHeaders().getFirst("Origin");
			return origin != null && !origin.equals(origin());
		}

		/** The path and the query as they were sent. */
		public String target() {
			return this.exchange.getRequestURI().toASCIIString();
		}

		/** The query's parameters; of a repeated one, the last. */
		public Map<String, String> query() {
			return parameters(this.exchange.getRequestURI().getRawQuery());
		}

		/** The parameters of a form that was sent. */
		public Map<String, String> form() {
			return parameters(body());
		}

		public Map<String, List<String>> headers() {
			return this.exchange.getRequestHeaders();
		}

		/** The body as text; read once and kept. */
		public String body() {
			String present = this.body;
			if (present == null) {
				try {
					byte[] bytes = this.exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
					if (bytes.length > BODY_LIMIT) {
						throw new BadRequestException("body: over %d bytes".formatted(BODY_LIMIT));
					}
					present = new String(bytes, StandardCharsets.UTF_8);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
				this.body = present;
			}
			return present;
		}

		private static Map<String, String> parameters(@Nullable String encoded) {
			Map<String, String> parameters = new LinkedHashMap<>();
			if (encoded != null) {
				for (String pair : encoded.split("&")) {
					int equals = pair.indexOf('=');
					if (equals > 0) {
						parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
					}
				}
			}
			return parameters;
		}

		private static String decode(String encoded) {
			try {
				return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
			}
			catch (IllegalArgumentException ex) {
				throw new BadRequestException("\"%s\" is not URL-encoded".formatted(encoded));
			}
		}

	}

	/**
	 * An answer.
	 *
	 * @param status of HTTP
	 * @param headers besides those that every answer has
	 * @param body may be empty
	 */
	public record Response(int status, Map<String, String> headers, byte[] body) {

		public static Response of(String contentType, byte[] body) {
			return new Response(200, Map.of("Content-Type", contentType), body);
		}

		public static Response text(int status, String text) {
			return new Response(status, Map.of("Content-Type", "text/plain; charset=utf-8"),
					text.getBytes(StandardCharsets.UTF_8));
		}

		public static Response noContent() {
			return new Response(204, Map.of(), new byte[0]);
		}

		/** Go there with GET. */
		public static Response seeOther(String location) {
			return new Response(303, Map.of("Location", URI.create(location).toASCIIString()), new byte[0]);
		}

		public Response withStatus(int other) {
			return new Response(other, this.headers, this.body);
		}

		public Response with(String header, String value) {
			Map<String, String> all = new LinkedHashMap<>(this.headers);
			all.put(header, value);
			return new Response(this.status, all, this.body);
		}

	}

}
