package com.banqup.invitations.dispatch.mail.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

import com.banqup.invitations.dispatch.mail.InvitationLinks;
import com.banqup.invitations.dispatch.mail.InvitationLinksProperties;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.apache.james.mime4j.dom.BinaryBody;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MailComposerTests {

	private static final UUID INVITATION = UUID.fromString("0199c0de-0000-7000-8000-00000000cafe");

	private static final Instant EXPIRY = Instant.parse("2026-12-24T13:03:00Z");

	private static final InvitationLinks LINKS = new InvitationLinks(new InvitationLinksProperties(
			URI.create("https://invite.example"), 1, Map.of(1, Base64.getEncoder().encodeToString(new byte[32]))));

	private static final String LINK = LINKS.linkFor(INVITATION, 3).toString();

	private final MailComposer composer = composer(
			new MailContentProperties("invitations@banqup.example", null, null, ZoneId.of("Europe/Brussels")));

	private static MailComposer composer(MailContentProperties properties) {
		return new MailComposer(properties, LINKS, InstantSource.fixed(Instant.parse("2026-11-02T08:00:05Z")));
	}

	private static InvitationMail mail(String partner, String client, @Nullable String message) {
		return mail(InviteeLanguage.ENGLISH, partner, client, message);
	}

	private static InvitationMail mail(InviteeLanguage language, String partner, String client,
			@Nullable String message) {
		return new InvitationMail(INVITATION, 3, partner, client, "jan@example.com", language, message,
				List.of(Permission.VIEW_DOCUMENTS, Permission.SEND_INVOICES), EXPIRY);
	}

	private Read read(InvitationMail mail) {
		return Read.of(this.composer.compose(mail));
	}

	@Nested
	class Header {

		@Test
		void tellsWhoWritesToWhomAndThatNobodyTyped() {
			Read mail = read(mail("Peeters & Partners", "Bakkerij De Smet", null));

			assertThat(mail.header("From")).isEqualTo("Peeters & Partners via Banqup <invitations@banqup.example>");
			assertThat(mail.header("To")).isEqualTo("Bakkerij De Smet <jan@example.com>");
			assertThat(mail.header("Subject")).isEqualTo("Peeters & Partners invites you to work together in Banqup");
			assertThat(mail.header("Date")).isEqualTo("Mon, 2 Nov 2026 08:00:05 +0000");
			assertThat(mail.header("MIME-Version")).isEqualTo("1.0");
			assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
			assertThat(mail.header("Content-Language")).isEqualTo("en");
			assertThat(mail.message().getHeader().getField("Reply-To")).isNull();
		}

		@Test
		void hasTheSameMessageIdWheneverTheSameMailIsWritten() {
			assertThat(read(mail("P", "C", null)).header("Message-ID"))
				.isEqualTo("<0199c0de-0000-7000-8000-00000000cafe.3@banqup.example>");
		}

		@Test
		void usesTheConfiguredDomainAndReplyAddress() {
			Read mail = Read.of(composer(new MailContentProperties("invitations@banqup.example", "help@banqup.example",
					"ids.banqup.example", ZoneId.of("UTC")))
				.compose(mail("P", "C", null)));

			assertThat(mail.header("Message-ID")).endsWith("cafe.3@ids.banqup.example>");
			assertThat(mail.header("Reply-To")).isEqualTo("help@banqup.example");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Société L’Étoile & Fils", "Müller, Maier \"und\" Söhne <GmbH>", "שלום בע״מ",
				"日本会計事務所株式会社東京都千代田区丸の内一丁目一番一号パレスビル", "O'Neil (Accountants) @ Work", "Ĳsbrand; a:b", "=?utf-8?q?Bank?=",
				"back\\slash", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀" })
		void bringsNamesAcross(String name) {
			Read mail = read(mail(name, name, null));

			assertThat(mail.from().getName().replaceAll("[\u2068\u2069]", "")).isEqualTo(name + " via Banqup");
			assertThat(mail.to().getName().replaceAll("[\u2068\u2069]", "")).isEqualTo(name);
			assertThat(mail.from().getAddress()).isEqualTo("invitations@banqup.example");
			assertThat(mail.to().getAddress()).isEqualTo("jan@example.com");
			assertThat(mail.subject().replaceAll("[\u2068\u2069]", ""))
				.isEqualTo(name + " invites you to work together in Banqup");
			assertThat(mail.rawHeader().lines())
				.allSatisfy((line) -> assertThat(line).hasSizeLessThanOrEqualTo(100).matches("[\\x20-\\x7e]*"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "x\r\nBcc: victim@example.org", "x\nBcc: victim@example.org",
				"x\rBcc: victim@example.org", "x\r\n\r\n<b>body</b>", "x\u0085Bcc: a@example.org",
				"x\u2028Bcc: a@example.org", "x\u0000\r\n.\r\nMAIL FROM:<a@example.org>" })
		void cannotBeEndedByAName(String name) {
			Read mail = read(mail(name, name, null));

			assertThat(mail.message().getHeader().getFields()).extracting((field) -> field.getName())
				.containsExactly("Date", "From", "To", "Message-ID", "Subject", "Content-Language", "MIME-Version",
						"Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type");
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 60, 161, 5000 })
		void keepsLinesShortHoweverLongTheName(int length) {
			for (String letter : List.of("x", "é", "語", "x ", "\"")) {
				Read mail = read(mail(letter.repeat(length), letter.repeat(length), null));

				assertThat(mail.raw().split("\r\n")).allSatisfy((line) -> assertThat(line.length()).isLessThan(998));
			}
		}

	}

	@Nested
	class Content {

		@Test
		void isTextOrHtmlWithThePictureInside() {
			Read mail = read(mail("P", "C", "Hello"));

			assertThat(mail.message().getMimeType()).isEqualTo("multipart/alternative");
			assertThat(mail.alternatives()).extracting(Entity::getMimeType)
				.containsExactly("text/plain", "multipart/related");
			assertThat(mail.related()).extracting(Entity::getMimeType).containsExactly("text/html", "image/png");
			assertThat(mail.related().get(1).getDispositionType()).isEqualTo("inline");
			String contentId = mail.related().get(1).getHeader().getField("Content-ID").getBody();
			assertThat(mail.html()).contains("src=\"cid:" + contentId.substring(1, contentId.length() - 1) + "\"");
		}

		@ParameterizedTest
		@EnumSource
		void saysEverythingInTheInviteesLanguage(InviteeLanguage language) {
			Read mail = read(mail(language, "Peeters", "De Smet", "Tot snel!"));
			MailTexts texts = MailTexts.load(language, ZoneId.of("Europe/Brussels"));

			for (String shown : List.of(mail.text(), mail.htmlText())) {
				assertThat(shown)
					.contains("Peeters", "De Smet", "Tot snel!", LINK, texts.expiry(EXPIRY),
							texts.permission(Permission.VIEW_DOCUMENTS), texts.permission(Permission.SEND_INVOICES))
					.doesNotContain(texts.permission(Permission.MANAGE_SETTINGS))
					.doesNotContain("{");
			}
			assertThat(mail.html()).contains("<html lang=\"" + language.code() + "\"");
			assertThat(mail.header("Content-Language")).isEqualTo(language.code());
		}

		@Test
		void bringsTheSameLinkAsButtonTextAndQrCode() throws Exception {
			Read mail = read(mail("P", "C", null));

			assertThat(mail.html()).contains("<a href=\"" + LINK + "\"", ">" + LINK + "</a>");
			assertThat(mail.text().lines()).contains(LINK);
			assertThat(QrCodeTests.textOf(mail.picture())).isEqualTo(LINK);
		}

		@Test
		void linksToNothingElse() {
			Read mail = read(mail("www.evil.example", "https://evil.example", "https://evil.example me@evil.example"));

			assertThat(Pattern.compile("(?:href=|src=|background=|url\\(|@import)\\s*[\"']?([^\"'>)\\s]*)")
				.matcher(mail.html())
				.results()
				.map((found) -> found.group(1))).allMatch((target) -> target.equals(LINK) || target.startsWith("cid:"));
			for (String shown : List.of(mail.text(), mail.htmlText())) {
				assertThat(shown.replace(LINK, "")).doesNotContain("://", "evil.example", "@evil", "www.evil");
			}
		}

		@Test
		void showsMarkupAsText() {
			Read mail = read(mail("<b>P</b>", "\"C' & <i>", "<script>alert(1)</script>\n<img src=x onerror=y> &amp;"));

			assertThat(mail.html()).doesNotContain("<script", "<b>P", "<i>", "<img src=x");
			assertThat(mail.htmlText()).contains("<script>alert(1)</script>", "<img src=x onerror=y> &amp;");
			assertThat(mail.text()).contains("<script>alert(1)</script>");
		}

		@Test
		void keepsTheLinesOfTheMessage() {
			Read mail = read(mail("P", "C", "one\n\n. two\n--=_alternative\nthree"));

			assertThat(mail.html())
				.containsPattern("one<br>\\s*<br>\\s*\\. two<br>\\s*--=_alternative<br>\\s*three<br>");
			assertThat(mail.text()).contains("    one\r\n    \r\n    . two\r\n    --=_alternative\r\n    three\r\n");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "  \n" })
		void showsNoEmptyMessage(String message) {
			assertThat(read(mail("P", "C", message)).html()).isEqualTo(read(mail("P", "C", null)).html());
			assertThat(read(mail("P", "C", message)).text()).doesNotContain("Message from");
		}

		@Test
		void doesWithoutPermissions() {
			Read mail = read(new InvitationMail(INVITATION, 3, "P", "C", "jan@example.com", InviteeLanguage.ENGLISH,
					null, List.of(), EXPIRY));

			assertThat(mail.text()).contains("share invoices and documents.").doesNotContain("allow the following");
			assertThat(mail.html()).doesNotContain("&#10003;");
		}

		@Test
		void isSmallAndAllAscii() {
			MimeMail mail = composer.compose(mail(InviteeLanguage.FRENCH, "Fiduciaire Lefèvre", "L’Étoile",
					"Bonjour,\n\n" + "À bientôt dans Banqup. ".repeat(40)));

			assertThat(mail.length()).isLessThan(16 * 1024);
			assertThat(mail.internationalized()).isFalse();
			assertThat(Read.of(mail).raw()).matches("[\\x20-\\x7e\\r\\n\\t]*");
		}

		@Test
		void usesTheShorterEncodingForForeignLetters() {
			String greek = "Καλημέρα σας, σας προσκαλούμε στο Banqup.\n".repeat(60);
			Read mail = read(mail("P", "C", greek));

			assertThat(mail.alternatives().getFirst().getContentTransferEncoding()).isEqualTo("base64");
			assertThat(mail.related().getFirst().getContentTransferEncoding()).isEqualTo("base64");
			assertThat(mail.text()).contains("Καλημέρα σας, σας προσκαλούμε στο Banqup.\r\n");
			assertThat(mail.htmlText()).contains("Καλημέρα σας, σας προσκαλούμε στο Banqup.");
			assertThat(read(mail("P", "C", "é")).alternatives().getFirst().getContentTransferEncoding())
				.isEqualTo("quoted-printable");
		}

		@Test
		void marksAMailThatNeedsAnInternationalRelay() {
			MimeMail mail = composer.compose(new InvitationMail(INVITATION, 3, "P", "C", "jürgen@example.com",
					InviteeLanguage.GERMAN, null, List.of(), EXPIRY));

			assertThat(mail.internationalized()).isTrue();
			assertThat(Read.of(mail).raw()).contains("\r\nTo: C <jürgen@example.com>\r\n");
		}

		@Test
		void showsNothingOfItInItsText() {
			assertThat(composer.compose(mail("P", "C", null)).toString()).doesNotContain("invite.example");
		}

	}

	/** A mail as a mail client reads it. */
	private record Read(String raw, Message message) {

		static Read of(MimeMail mail) {
			try {
				byte[] bytes = Arrays.copyOf(mail.bytes(), mail.length());
				return new Read(new String(bytes, StandardCharsets.UTF_8),
						new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(bytes)));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		String rawHeader() {
			return this.raw.substring(0, this.raw.indexOf("\r\n\r\n"));
		}

		String header(String name) {
			return this.message.getHeader().getField(name).getBody();
		}

		String subject() {
			return Objects.requireNonNull(this.message.getSubject());
		}

		Mailbox from() {
			return Objects.requireNonNull(this.message.getFrom()).getFirst();
		}

		Mailbox to() {
			return (Mailbox) Objects.requireNonNull(this.message.getTo()).getFirst();
		}

		List<Entity> alternatives() {
			return ((Multipart) this.message.getBody()).getBodyParts();
		}

		List<Entity> related() {
			return ((Multipart) alternatives().get(1).getBody()).getBodyParts();
		}

		String text() {
			return text(alternatives().getFirst());
		}

		String html() {
			return text(related().getFirst());
		}

		/** What a person reads. */
		String htmlText() {
			return html().replaceAll("(?s)<style>.*?</style>|<!--.*?-->", "")
				.replaceAll("<[^>]*>", "")
				.replace("&lt;", "<")
				.replace("&gt;", ">")
				.replace("&#34;", "\"")
				.replace("&#39;", "'")
				.replace("&amp;", "&");
		}

		byte[] picture() {
			try {
				return ((BinaryBody) related().get(1).getBody()).getInputStream().readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static String text(Entity part) {
			try {
				return new String(((TextBody) part.getBody()).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
