package com.banqup.invitations.devstack.demo;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;

import org.jsoup.Jsoup;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mails that the clients received, read through the inbox's JSON API. */
final class Mailbox {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final JsonMapper json = new JsonMapper();

	private final HttpClient http;

	private final URI inbox;

	private final URI acceptance;

	private final Retry retry;

	/**
	 * A reader of the inbox.
	 * @param inbox its web page
	 * @param acceptance the base of the links to look for
	 */
	Mailbox(HttpClient http, URI inbox, URI acceptance, Retry retry) {
		this.http = http;
		this.inbox = inbox;
		this.acceptance = acceptance;
		this.retry = retry;
	}

	/** How many mails there are. */
	int count() {
		return get("/api/mails?limit=1").required("total").asInt();
	}

	/**
	 * The link in the latest mail to this address.
	 * @throws DemoException when there is no such mail or no link in it
	 */
	URI linkFor(String address) {
		JsonNode mails = get("/api/mails?limit=1&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
			.required("items");
		if (mails.isEmpty()) {
			throw new DemoException("no mail to " + address);
		}
		JsonNode mail = get("/api/mails/" + mails.get(0).required("id").asString());
		return linkIn(mail.required("html").asString());
	}

	private URI linkIn(String html) {
		Collection<String> links = Jsoup.parse(html).select("a[href]").eachAttr("href");
		return links.stream()
			.map(URI::create)
			.filter((link) -> this.acceptance.getAuthority().equals(link.getAuthority())
					&& link.getPath().startsWith("/i/"))
			.findFirst()
			.orElseThrow(() -> new DemoException("a mail without a link to " + this.acceptance));
	}

	private JsonNode get(String path) {
		return this.retry.call("reading the inbox", () -> {
			HttpRequest request = HttpRequest.newBuilder(this.inbox.resolve(path)).timeout(TIMEOUT).build();
			HttpResponse<String> response = Http.send(this.http, request);
			if (response.statusCode() != 200) {
				throw new DemoException(Http.describe(request, response));
			}
			return this.json.readTree(response.body());
		});
	}

}
