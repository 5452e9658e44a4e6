package com.banqup.invitations.devstack.demo;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A person's browser: keeps cookies, follows redirects, fills in forms. No scripts. */
final class Browser {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpClient http;

	Browser() {
		this.http = HttpClient.newBuilder()
			.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
			.followRedirects(HttpClient.Redirect.NORMAL)
			.connectTimeout(TIMEOUT)
			.build();
	}

	/** Opens a link. */
	Page open(URI uri) {
		return load(HttpRequest.newBuilder(uri));
	}

	/** Presses the button of a form. */
	Page submit(Form form) {
		String data = form.data()
			.stream()
			.map((field) -> encode(field.key()) + "=" + encode(field.value()))
			.collect(Collectors.joining("&"));
		return load(HttpRequest.newBuilder(form.action())
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(data)));
	}

	private Page load(HttpRequest.Builder request) {
		HttpResponse<String> response = Http.send(this.http,
				request.timeout(TIMEOUT).header("Accept", "text/html").build());
		return new Page(response.statusCode(), response.uri(), Jsoup.parse(response.body(), response.uri().toString()));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * What the browser shows.
	 *
	 * @param uri where it is, after redirects
	 */
	record Page(int status, URI uri, Document document) {

		String heading() {
			String heading = this.document.select("h1").text();
			return heading.isEmpty() ? this.document.title() : heading;
		}

	}

}
