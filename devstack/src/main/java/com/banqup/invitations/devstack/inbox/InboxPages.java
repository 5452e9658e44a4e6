package com.banqup.invitations.devstack.inbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Mail;
import org.jspecify.annotations.Nullable;

import static com.banqup.invitations.devstack.host.Html.escape;

/** The inbox's HTML. Every text from outside goes through {@code escape}. */
final class InboxPages {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH)
		.withZone(ZoneId.systemDefault());

	private InboxPages() {
	}

	static String list(List<MailSummary> mails, int total, int page, int pages, String words) {
		String rows = mails.stream().map(InboxPages::row).collect(Collectors.joining());
		String empty = """
				<p class="empty">%s</p>
				""".formatted(words.isEmpty()
				? "No mail yet. Whatever is sent through this server's SMTP port arrives here." : "No mail matches.");
		return layout("Inbox", words, """
				<div class="bar">
				  <h1>%s</h1>
				  %s
				</div>
				%s
				%s
				""".formatted(count(total, words), deleteAll(total > 0 && words.isEmpty()),
				mails.isEmpty() ? empty : "<ul class=\"mails\">\n" + rows + "</ul>", paging(page, pages, words)));
	}

	static String mail(Mail mail, String view) {
		String chosen = view.isEmpty() ? ((mail.html() != null) ? "html" : "text") : view;
		return layout((mail.subject() != null) ? mail.subject() : "Mail", "", """
				<div class="bar">
				  <a class="back" href="/">&larr; Inbox</a>
				  <form method="post" action="/mails/%1$s/delete"><button class="quiet danger">Delete</button></form>
				</div>
				<article>
				  <h1>%2$s</h1>
				  <dl>
				    <dt>From</dt><dd>%3$s</dd>
				    <dt>To</dt><dd>%4$s</dd>
				    <dt>Delivered to</dt><dd>%5$s</dd>
				    <dt>Received</dt><dd>%6$s</dd>
				  </dl>
				  %7$s
				  %8$s
				  %9$s
				</article>
				""".formatted(mail.id(), subject(mail.subject()), escape(mail.from()), escape(mail.to()),
				escape(String.join(", ", mail.recipients())), time(mail.receivedAt()), tabs(mail, chosen),
				content(mail, chosen), parts(mail)));
	}

	static String notFound() {
		return layout("Not found", "", """
				<p class="empty">This mail is not here: it was deleted, or it never came.</p>
				""");
	}

	private static String deleteAll(boolean sensible) {
		return sensible ? """
				<form method="post" action="/delete-all"><button class="quiet danger">Delete all</button></form>
				""" : "";
	}

	private static String row(MailSummary mail) {
		return """
				<li><a href="/mails/%s">
				  <span class="to">%s</span>
				  <span class="subject">%s</span>
				  <span class="from">%s</span>
				  <time datetime="%s">%s</time>
				</a></li>
				""".formatted(mail.id(), escape(String.join(", ", mail.recipients())), subject(mail.subject()),
				escape((mail.from() != null) ? mail.from() : mail.sender()), mail.receivedAt(),
				time(mail.receivedAt()));
	}

	private static String tabs(Mail mail, String chosen) {
		return "<nav class=\"tabs\" aria-label=\"Views\">"
				+ ((mail.html() != null) ? tab(mail, "html", "HTML", chosen) : "")
				+ ((mail.text() != null) ? tab(mail, "text", "Text", chosen) : "")
				+ tab(mail, "source", "Source", chosen) + "</nav>";
	}

	private static String tab(Mail mail, String view, String label, String chosen) {
		return "<a href=\"/mails/%s?view=%s\"%s>%s</a>".formatted(mail.id(), view,
				view.equals(chosen) ? " aria-current=\"page\"" : "", label);
	}

	private static String content(Mail mail, String view) {
		return switch (view) {
			case "html" -> """
					<iframe src="/mails/%s/html" title="The mail's HTML" \
					sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
					""".formatted(mail.id());
			case "text" -> "<pre>" + escape(mail.text()) + "</pre>";
			default -> "<pre>" + escape(new String(mail.source(), StandardCharsets.UTF_8)) + "</pre>";
		};
	}

	private static String parts(Mail mail) {
		if (mail.attachments().isEmpty()) {
			return "";
		}
		String items = IntStream.range(0, mail.attachments().size()).mapToObj((i) -> {
			Mail.Attachment part = mail.attachments().get(i);
			String name = (part.fileName() != null) ? part.fileName() : "part " + (i + 1);
			return "<li><a href=\"/mails/%s/parts/%d\">%s</a> <span>%s, %,d bytes</span></li>\n".formatted(mail.id(), i,
					escape(name), escape(part.contentType()), part.content().length);
		}).collect(Collectors.joining());
		return "<h2>Parts</h2>\n<ul class=\"parts\">\n" + items + "</ul>";
	}

	private static String paging(int page, int pages, String words) {
		if (pages < 2) {
			return "";
		}
		return "<nav class=\"paging\" aria-label=\"Pages\">%s<span>Page %d of %d</span>%s</nav>".formatted(
				step(page - 1, page > 1, "&larr; Newer", words), page, pages,
				step(page + 1, page < pages, "Older &rarr;", words));
	}

	private static String step(int page, boolean there, String label, String words) {
		return there ? "<a href=\"/?page=%d&amp;q=%s\">%s</a>".formatted(page,
				escape(URLEncoder.encode(words, StandardCharsets.UTF_8)), label) : "<span></span>";
	}

	private static String count(int total, String words) {
		String mails = (total == 1) ? "1 mail" : "%,d mails".formatted(total);
		return words.isEmpty() ? mails : mails + " for &ldquo;" + escape(words) + "&rdquo;";
	}

	private static String subject(@Nullable String subject) {
		return (subject == null || subject.isBlank()) ? "<em>no subject</em>" : escape(subject);
	}

	private static String time(Instant instant) {
		return TIME.format(instant);
	}

	private static String layout(String title, String words, String main) {
		return """
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>%s - Mail inbox</title>
				<link rel="stylesheet" href="/inbox.css">
				</head>
				<body>
				<header>
				  <a class="brand" href="/">Mail inbox</a>
				  <form role="search" action="/">
				    <input type="search" name="q" value="%s" placeholder="Recipient, subject or sender" aria-label="Search">
				    <button>Search</button>
				  </form>
				</header>
				<main>
				%s
				</main>
				</body>
				</html>
				"""
			.formatted(escape(title), escape(words), main);
	}

}
