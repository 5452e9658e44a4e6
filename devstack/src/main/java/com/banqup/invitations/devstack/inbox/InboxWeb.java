package com.banqup.invitations.devstack.inbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.banqup.invitations.devstack.Mail;
import com.banqup.invitations.devstack.host.LocalHttp;
import com.banqup.invitations.devstack.host.LocalHttp.Request;
import com.banqup.invitations.devstack.host.LocalHttp.Response;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inbox's pages and its JSON API.
 *
 * <pre>
 * GET    /                          list: ?q=words &amp;to=address &amp;page=n
 * GET    /mails/{id}                one mail; /html, /text, /source, /parts/{n} of it
 * POST   /mails/{id}/delete, /delete-all
 * GET    /api/mails                 ?q= &amp;to= &amp;offset= &amp;limit= (newest first)
 * GET    /api/mails/{id}            with its bodies; /source and /parts/{n} of it
 * DELETE /api/mails, /api/mails/{id}
 * </pre>
 */
final class InboxWeb {

	static final int PAGE_SIZE = 50;

	private static final int API_LIMIT = 1000;

	private static final JsonMapper JSON = JsonMapper.shared();

	/** What a browser may show without a risk; other parts are downloads. */
	private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

	private static final Pattern CONTENT_ID = Pattern.compile("cid:([^\"'\\s)>]+)", Pattern.CASE_INSENSITIVE);

	private static final String PAGE_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self';"
			+ " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private final MailStore store;

	private InboxWeb(MailStore store) {
		this.store = store;
	}

	static LocalHttp start(int port, MailStore store) {
		return LocalHttp.start(port, new InboxWeb(store)::handle);
	}

	private Response handle(Request request) {
		List<String> path = List.of(request.path().replaceFirst("^/", "").replaceFirst("/$", "").split("/"));
		return switch (path.getFirst()) {
			case "api" -> api(request, path);
			case "mails" -> pages(request, path);
			case "" -> onlyGet(request, () -> list(request));
			case "delete-all" -> onlyPost(request, () -> {
				this.store.clear();
				return Response.seeOther("/");
			});
			case "inbox.css" -> onlyGet(request, () -> Response.of("text/css; charset=utf-8", stylesheet()));
			default -> notFound();
		};
	}

	private Response list(Request request) {
		Map<String, String> query = request.query();
		List<MailSummary> found = this.store.listNewestFirst(filter(query)).toList();
		int pages = Math.max(1, (found.size() + PAGE_SIZE - 1) / PAGE_SIZE);
		int page = Math.clamp(number(query, "page", 1), 1, pages);
		List<MailSummary> shown = found.stream().skip((page - 1L) * PAGE_SIZE).limit(PAGE_SIZE).toList();
		return page(InboxPages.list(shown, found.size(), page, pages,
				query.getOrDefault("q", query.getOrDefault("to", ""))));
	}

	private Response pages(Request request, List<String> path) {
		Optional<Mail> found = (path.size() > 1) ? this.store.find(path.get(1)) : Optional.empty();
		if (found.isEmpty()) {
			return page(InboxPages.notFound()).withStatus(404);
		}
		Mail mail = found.get();
		String view = (path.size() > 2) ? path.get(2) : "";
		return switch (view) {
			case "" -> onlyGet(request, () -> page(InboxPages.mail(mail, request.query().getOrDefault("view", ""))));
			case "html" -> onlyGet(request, () -> html(mail, request.origin()));
			case "text" -> onlyGet(request, () -> Response.text(200, Optional.ofNullable(mail.text()).orElse("")));
			case "source" -> onlyGet(request, () -> plainSource(mail));
			case "parts" -> onlyGet(request, () -> part(mail, path));
			case "delete" -> onlyPost(request, () -> {
				this.store.delete(mail.id());
				return Response.seeOther("/");
			});
			default -> notFound();
		};
	}

	private Response api(Request request, List<String> path) {
		if (path.size() < 2 || !path.get(1).equals("mails")) {
			return notFound();
		}
		if (path.size() == 2) {
			return switch (request.method()) {
				case "GET" -> json(apiList(request.query()));
				case "DELETE" -> {
					this.store.clear();
					yield Response.noContent();
				}
				default -> notAllowed("GET, DELETE");
			};
		}
		if (request.method().equals("DELETE") && path.size() == 3) {
			return this.store.delete(path.get(2)) ? Response.noContent() : notFound();
		}
		return onlyGet(request,
				() -> this.store.find(path.get(2)).map((mail) -> apiMail(mail, path)).orElseGet(InboxWeb::notFound));
	}

	private MailList apiList(Map<String, String> query) {
		List<MailSummary> found = this.store.listNewestFirst(filter(query)).toList();
		int limit = Math.clamp(number(query, "limit", PAGE_SIZE), 0, API_LIMIT);
		int offset = Math.max(0, number(query, "offset", 0));
		return new MailList(found.size(), found.stream().skip(offset).limit(limit).toList());
	}

	private static Response apiMail(Mail mail, List<String> path) {
		return switch ((path.size() > 3) ? path.get(3) : "") {
			case "" -> json(MailView.of(mail));
			case "source" -> Response.of("message/rfc822", mail.source());
			case "parts" -> part(mail, path.subList(1, path.size()));
			default -> notFound();
		};
	}

	private static Predicate<MailSummary> filter(Map<String, String> query) {
		String to = query.getOrDefault("to", "").strip();
		String words = query.getOrDefault("q", "").strip();
		return (mail) -> (to.isEmpty() || mail.hasRecipient(to)) && (words.isEmpty() || mail.mentions(words));
	}

	/**
	 * The mail's own HTML: no script runs, nothing is loaded from elsewhere, it belongs
	 * to no origin, and its links open a new tab.
	 */
	private static Response html(Mail mail, String origin) {
		String body = Optional.ofNullable(mail.html()).orElse("");
		Matcher matcher = CONTENT_ID.matcher(body);
		String linked = matcher.replaceAll((match) -> Matcher.quoteReplacement(partUrl(mail, match.group(1))));
		return Response
			.of("text/html; charset=utf-8",
					("<!doctype html><base target=\"_blank\">" + linked).getBytes(StandardCharsets.UTF_8))
			.with("Content-Security-Policy",
					"default-src 'none'; img-src %s data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none';"
						.formatted(origin) + " form-action 'none'; frame-ancestors 'self';"
							+ " sandbox allow-popups allow-popups-to-escape-sandbox");
	}

	private static String partUrl(Mail mail, String encodedContentId) {
		String contentId = URLDecoder.decode(encodedContentId.replace("+", "%2B"), StandardCharsets.UTF_8);
		for (int i = 0; i < mail.attachments().size(); i++) {
			if (contentId.equals(mail.attachments().get(i).contentId())) {
				return "/mails/%s/parts/%d".formatted(mail.id(), i);
			}
		}
		return "about:blank";
	}

	private static Response part(Mail mail, List<String> path) {
		int number = (path.size() > 3 && path.get(3).matches("[0-9]{1,4}")) ? Integer.parseInt(path.get(3)) : -1;
		if (number < 0 || number >= mail.attachments().size()) {
			return notFound();
		}
		Mail.Attachment part = mail.attachments().get(number);
		boolean shown = SHOWN.contains(part.contentType());
		return Response.of(shown ? part.contentType() : "application/octet-stream", part.content())
			.with("Content-Security-Policy", "default-src 'none'; sandbox")
			.with("Content-Disposition",
					shown ? "inline" : "attachment; filename=\"part-%s-%d\"".formatted(mail.id(), number));
	}

	private static Response plainSource(Mail mail) {
		return Response.of("text/plain; charset=utf-8", mail.source());
	}

	private static Response page(String html) {
		return Response.of("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
			.with("Content-Security-Policy", PAGE_POLICY);
	}

	private static Response json(Object value) {
		return Response.of("application/json", JSON.writeValueAsBytes(value));
	}

	private static Response onlyGet(Request request, Supplier<Response> answer) {
		return request.method().equals("GET") ? answer.get() : notAllowed("GET");
	}

	private static Response onlyPost(Request request, Supplier<Response> answer) {
		if (!request.method().equals("POST")) {
			return notAllowed("POST");
		}
		return request.isFromAnotherSite() ? Response.text(403, "Refused: another site's page sent this.")
				: answer.get();
	}

	private static Response notAllowed(String allowed) {
		return Response.text(405, "Allowed: " + allowed).with("Allow", allowed);
	}

	private static Response notFound() {
		return Response.text(404, "Not found");
	}

	private static int number(Map<String, String> query, String name, int otherwise) {
		String value = query.get(name);
		if (value == null) {
			return otherwise;
		}
		if (!value.matches("[0-9]{1,9}")) {
			throw new LocalHttp.BadRequestException("%s: \"%s\" (expected: a number)".formatted(name, value));
		}
		return Integer.parseInt(value);
	}

	private static byte[] stylesheet() {
		try (InputStream in = InboxWeb.class.getResourceAsStream("inbox.css")) {
			if (in == null) {
				throw new IllegalStateException("inbox.css is not on the class path");
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Answer of the API's list: how many match, and the ones asked for. */
	record MailList(int total, List<MailSummary> items) {
	}

}
