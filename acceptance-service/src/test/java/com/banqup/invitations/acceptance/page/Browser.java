package com.banqup.invitations.acceptance.page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/**
 * A person's browser without scripts: keeps cookies, fills in forms, and follows
 * redirects only when told to.
 */
final class Browser {

	private static final String HTML = "text/html";

	private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final URI home;

	Browser(int port) {
		this.home = URI.create("http://127.0.0.1:" + port);
	}

	/** The same person at another instance of the service. */
	Browser at(int port) {
		Browser other = new Browser(port);
		this.cookies.getCookieStore()
			.getCookies()
			.forEach((cookie) -> other.cookies.getCookieStore().add(other.home, cookie));
		return other;
	}

	Answer get(String path, String... headers) {
		return send("GET", this.home.resolve(path), "", headers);
	}

	Answer head(String path) {
		return send("HEAD", this.home.resolve(path), "");
	}

	Answer post(String path, Map<String, String> fields, String... headers) {
		return send("POST", this.home.resolve(path), encode(fields), headers);
	}

	/** What somebody asks who is no browser, or has mistyped. */
	Answer ask(String method, String path, String accept) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.home.resolve(path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.header("Accept-Language", "nl");
		return exchange(accept.isEmpty() ? request : request.header("Accept", accept));
	}

	/** Sends a form as it is written, without saying how long it is. */
	Answer postUnannounced(String path, String form) {
		byte[] body = form.getBytes(StandardCharsets.UTF_8);
		return exchange(HttpRequest.newBuilder(this.home.resolve(path))
			.header("Accept", HTML)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
	}

	/** Follows redirects, wherever they lead. */
	Answer follow(Answer answer) {
		Answer next = answer;
		for (int hops = 0; next.isRedirect(); hops++) {
			if (hops == 10) {
				throw new IllegalStateException("redirects without end");
			}
			next = send("GET", next.location(), "");
		}
		return next;
	}

	/** Presses the button with this value in the form that leads there. */
	Answer press(Answer page, String actionEnd, String button, Map<String, String> typed) {
		FormElement form = page.form(actionEnd);
		Map<String, String> fields = new LinkedHashMap<>();
		form.formData().forEach((field) -> fields.put(field.key(), field.value()));
		fields.putAll(typed);
		Element pressed = form.selectFirst("button[value=%s]".formatted(button));
		if (pressed != null) {
			fields.put(pressed.attr("name"), button);
		}
		String action = form.absUrl("action").isEmpty() ? page.uri().toString() : form.absUrl("action");
		return send("POST", URI.create(action), encode(fields));
	}

	Answer press(Answer page, String actionEnd, Map<String, String> typed) {
		return press(page, actionEnd, "", typed);
	}

	/** The value of the cookie, empty for none. */
	Optional<String> cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst();
	}

	void forget(String cookie) {
		this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((kept) -> kept.getName().equals(cookie))
			.toList()
			.forEach((kept) -> this.cookies.getCookieStore().remove(null, kept));
	}

	private static String encode(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> encode(field.getKey()) + "=" + encode(field.getValue()))
			.collect(Collectors.joining("&"));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private Answer send(String method, URI uri, String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri)
			.header("Accept", HTML)
			.method(method,
					body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/x-www-form-urlencoded");
		}
		for (int i = 0; i < headers.length; i += 2) {
			request.setHeader(headers[i], headers[i + 1]);
		}
		return exchange(request);
	}

	private Answer exchange(HttpRequest.Builder request) {
		HttpRequest timed = request.timeout(Duration.ofSeconds(120)).build();
		try {
			return new Answer(this.http.send(timed, HttpResponse.BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** What came back. */
	record Answer(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		URI uri() {
			return this.response.uri();
		}

		String body() {
			return this.response.body();
		}

		Document document() {
			return Jsoup.parse(this.response.body(), this.response.uri().toString());
		}

		String heading() {
			return document().select("h1").text();
		}

		FormElement form(String actionEnd) {
			return document().forms()
				.stream()
				.filter((form) -> URI.create(form.attr("action")).getPath().endsWith(actionEnd))
				.findFirst()
				.orElseThrow(() -> new AssertionError(
						"no form to %s on \"%s\" (%d): %s".formatted(actionEnd, heading(), status(), uri().getPath())));
		}

		boolean isRedirect() {
			return status() / 100 == 3;
		}

		URI location() {
			return uri().resolve(header("Location"));
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		List<String> setCookies() {
			return this.response.headers().allValues("Set-Cookie");
		}

	}

}
