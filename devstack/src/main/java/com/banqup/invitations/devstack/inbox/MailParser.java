package com.banqup.invitations.devstack.inbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import com.banqup.invitations.devstack.Mail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import org.jspecify.annotations.Nullable;

/** Takes mails apart. What is broken in a mail is left out; the source always remains. */
final class MailParser {

	private static final Session SESSION = Session.getInstance(new Properties());

	private MailParser() {
	}

	static MailSummary summary(String id, Instant receivedAt, String sender, List<String> recipients, byte[] source) {
		MimeMessage message = message(source);
		return new MailSummary(id, receivedAt, sender, recipients, header(message, "From"), header(message, "To"),
				header(message, "Subject"), source.length);
	}

	static Mail parse(MailSummary summary, byte[] source) {
		MimeMessage message = message(source);
		Bodies bodies = new Bodies();
		try {
			collect(message, bodies);
		}
		catch (MessagingException | IOException ex) {
			bodies.problem = ex.getMessage();
		}
		String text = (bodies.text == null && bodies.html == null) ? bodies.problem : bodies.text;
		return new Mail(summary.id(), summary.receivedAt(), summary.sender(), summary.recipients(), summary.from(),
				summary.to(), summary.subject(), header(message, "Message-ID"), text, bodies.html,
				List.copyOf(bodies.attachments), source);
	}

	private static MimeMessage message(byte[] source) {
		try {
			return new MimeMessage(SESSION, new ByteArrayInputStream(source));
		}
		catch (MessagingException ex) {
			return new MimeMessage(SESSION);
		}
	}

	private static @Nullable String header(Part part, String name) {
		try {
			String[] values = part.getHeader(name);
			return (values == null || values.length == 0) ? null : decode(values[0]);
		}
		catch (MessagingException ex) {
			return null;
		}
	}

	private static String decode(String header) {
		String unfolded = MimeUtility.unfold(header);
		try {
			return MimeUtility.decodeText(new String(unfolded.getBytes(StandardCharsets.ISO_8859_1),
					looksLikeUtf8(unfolded) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
		}
		catch (UnsupportedEncodingException ex) {
			return unfolded;
		}
	}

	/** Headers of an SMTPUTF8 mail arrive as their bytes. */
	private static boolean looksLikeUtf8(String header) {
		return header.chars().anyMatch((c) -> c > 0x7F);
	}

	private static void collect(Part part, Bodies bodies) throws MessagingException, IOException {
		String type = baseType(part);
		boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
		if (type.startsWith("multipart/") && part.getContent() instanceof Multipart multipart) {
			for (int i = 0; i < multipart.getCount(); i++) {
				BodyPart child = multipart.getBodyPart(i);
				collect(child, bodies);
			}
		}
		else if (type.equals("text/plain") && bodies.text == null && !attached) {
			bodies.text = text(part);
		}
		else if (type.equals("text/html") && bodies.html == null && !attached) {
			bodies.html = text(part);
		}
		else {
			bodies.attachments.add(new Mail.Attachment(contentId(part), type, part.getFileName(),
					part.getInputStream().readAllBytes()));
		}
	}

	private static String text(Part part) throws MessagingException, IOException {
		try (InputStream in = part.getInputStream()) {
			return new String(in.readAllBytes(), charset(part));
		}
	}

	private static Charset charset(Part part) {
		try {
			String name = new ContentType(part.getContentType()).getParameter("charset");
			return (name != null) ? Charset.forName(MimeUtility.javaCharset(name)) : StandardCharsets.UTF_8;
		}
		catch (MessagingException | IllegalArgumentException ex) {
			return StandardCharsets.UTF_8;
		}
	}

	private static String baseType(Part part) throws MessagingException {
		String type = part.getContentType();
		int end = type.indexOf(';');
		return ((end < 0) ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
	}

	private static @Nullable String contentId(Part part) throws MessagingException {
		String[] values = part.getHeader("Content-ID");
		return (values == null || values.length == 0) ? null : values[0].strip().replaceAll("^<|>$", "");
	}

	private static final class Bodies {

		private @Nullable String text;

		private @Nullable String html;

		private @Nullable String problem;

		private final List<Mail.Attachment> attachments = new ArrayList<>();

	}

}
