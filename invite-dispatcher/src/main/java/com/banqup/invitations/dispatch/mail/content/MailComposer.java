package com.banqup.invitations.dispatch.mail.content;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.dispatch.mail.InvitationLinks;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.mail.content.MailTexts.Names;
import com.banqup.invitations.schemas.InviteeLanguage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;

/**
 * Writes invitations as MIME messages: plain text, and HTML with the QR code inside.
 * Equal input gives equal mails but for their date. Safe for use by many threads, blocks
 * none.
 */
public final class MailComposer {

	private static final String TEMPLATE = "invitation.jte";

	/** What a page is without the partner's message, roughly, in bytes. */
	private static final int USUAL_HTML = 8 * 1024;

	private static final int USUAL_MAIL = 16 * 1024;

	private static final DateTimeFormatter DATE = DateTimeFormatter
		.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	/*
	 * No encoded body can hold these boundaries: in quoted-printable an equals sign is
	 * followed by digits or a line end, in Base64 by nothing.
	 */
	private static final String CONTENT = """
			MIME-Version: 1.0
			Auto-Submitted: auto-generated
			X-Auto-Response-Suppress: All
			Content-Type: multipart/alternative; boundary="=_alternative"

			--=_alternative
			Content-Type: text/plain; charset=utf-8
			""".replace("\n", "\r\n");

	private static final String HTML = """

			--=_alternative
			Content-Type: multipart/related; type="text/html"; boundary="=_related"

			--=_related
			Content-Type: text/html; charset=utf-8
			""".replace("\n", "\r\n");

	private static final String PICTURE = """

			--=_related
			Content-Type: image/png; name="banqup-qr.png"
			Content-Transfer-Encoding: base64
			Content-Disposition: inline; filename="banqup-qr.png"
			Content-ID:\s""".replace("\n", "\r\n");

	private static final String END = """

			--=_related--

			--=_alternative--
			""".replace("\n", "\r\n");

	private final Map<InviteeLanguage, MailTexts> texts = new EnumMap<>(InviteeLanguage.class);

	private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

	private final QuotedPrintable.Parts parts = new QuotedPrintable.Parts();

	private final MailContentProperties properties;

	private final InvitationLinks links;

	private final InstantSource clock;

	public MailComposer(MailContentProperties properties, InvitationLinks links, InstantSource clock) {
		this.properties = properties;
		this.links = links;
		this.clock = clock;
		for (InviteeLanguage language : InviteeLanguage.values()) {
			this.texts.put(language, MailTexts.load(language, properties.timeZone()));
		}
		this.templates.prepareForRendering(TEMPLATE);
		// What the first link takes longer than others; one that is too long is found out
		// now.
		QrCode.of(links.linkFor(new UUID(0, 0), 1).toString());
	}

	/** The mail for this invitation. */
	public MimeMail compose(InvitationMail mail) {
		String id = "%s.%d@%s".formatted(mail.invitationId(), mail.generation(), this.properties.idDomain());
		String link = this.links.linkFor(mail.invitationId(), mail.generation()).toString();
		QrCode qrCode = QrCode.of(link);
		MailTexts language = texts(mail.language());
		Names names = new Names(SafeText.name(mail.partnerName()), SafeText.name(mail.clientName()),
				language.expiry(mail.expiresAt()));
		Names unlinkedNames = new Names(SafeText.unlinked(names.partner()), SafeText.unlinked(names.client()),
				names.expiry());
		MailPage page = page(mail, language, unlinkedNames, link, "cid:qr." + id, qrCode.size());

		MimeBuffer out = new MimeBuffer(USUAL_MAIL);
		writeHeader(out, mail, names, language.text("subject", names), id);
		writeText(out, page);
		out.ascii(HTML);
		writeHtml(out, page);
		out.ascii(PICTURE).ascii("<qr." + id + ">\r\n\r\n").base64(qrCode.png()).ascii(END);
		return new MimeMail(out.array(), out.size(), !isAscii(mail.email()));
	}

	private MailTexts texts(InviteeLanguage language) {
		MailTexts found = this.texts.get(language);
		if (found == null) {
			throw new IllegalStateException("no texts in " + language);
		}
		return found;
	}

	private static MailPage page(InvitationMail mail, MailTexts texts, Names names, String link, String qrSource,
			int qrSize) {
		List<String> permissions = mail.permissions().stream().map(texts::permission).toList();
		List<String> message = (mail.message() != null) ? SafeText.message(mail.message()) : List.of();
		return new MailPage(mail.language().code(), texts.text("preheader", names), texts.text("heading", names),
				texts.text("greeting", names), texts.text(permissions.isEmpty() ? "intro.plain" : "intro", names),
				permissions, texts.text("message", names), message, link, texts.text("button", names),
				texts.text("expiry", names), texts.text("account", names), qrSource, qrSize,
				texts.text("qr.alt", names), texts.text("qr.title", names), texts.text("qr.text", names),
				texts.text("link", names), texts.text("link.text", names), texts.text("personal", names),
				texts.text("why", names));
	}

	private void writeHeader(MimeBuffer out, InvitationMail mail, Names names, String subject, String id) {
		out.ascii("Date: " + DATE.format(this.clock.instant()) + "\r\n");
		out.ascii(HeaderText.mailbox("From", names.partner() + " via Banqup", this.properties.from()));
		if (this.properties.replyTo() != null) {
			out.ascii("Reply-To: " + this.properties.replyTo() + "\r\n");
		}
		out.utf8(HeaderText.mailbox("To", names.client(), mail.email()));
		out.ascii("Message-ID: <" + id + ">\r\n");
		out.ascii(HeaderText.text("Subject", subject));
		out.ascii("Content-Language: " + mail.language().code() + "\r\n");
		out.ascii(CONTENT);
	}

	private void writeText(MimeBuffer out, MailPage page) {
		String text = page.plainText();
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		if (prefersBase64(foreignBytes(utf8), utf8.length)) {
			out.ascii("Content-Transfer-Encoding: base64\r\n\r\n");
			out.base64(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
		}
		else {
			out.ascii("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
			new QuotedPrintable(out, this.parts).writeContent(text);
		}
	}

	private void writeHtml(MimeBuffer out, MailPage page) {
		int foreign = 0;
		for (String line : page.message()) {
			foreign += foreignBytes(line.getBytes(StandardCharsets.UTF_8));
		}
		if (prefersBase64(foreign, USUAL_HTML + foreign)) {
			out.ascii("Content-Transfer-Encoding: base64\r\n\r\n");
			Utf8ByteOutput utf8 = new Utf8ByteOutput();
			this.templates.render(TEMPLATE, page, utf8);
			out.base64(utf8.toByteArray());
		}
		else {
			out.ascii("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
			QuotedPrintable quotedPrintable = new QuotedPrintable(out, this.parts);
			this.templates.render(TEMPLATE, page, quotedPrintable);
			quotedPrintable.end();
		}
	}

	/**
	 * Whether Base64, which adds a third, is shorter than quoted-printable, which makes
	 * three bytes of each one outside ASCII.
	 */
	private static boolean prefersBase64(int foreign, int total) {
		return 2 * foreign > total / 3;
	}

	private static int foreignBytes(byte[] utf8) {
		int count = 0;
		for (byte octet : utf8) {
			count += (octet < 0) ? 1 : 0;
		}
		return count;
	}

	private static boolean isAscii(String text) {
		return text.chars().allMatch((c) -> c < 128);
	}

}
