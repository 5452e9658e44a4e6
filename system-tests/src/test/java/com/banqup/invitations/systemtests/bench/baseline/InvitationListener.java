package com.banqup.invitations.systemtests.bench.baseline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;
import java.util.stream.Collectors;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.client.j2se.MatrixToImageWriter;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Sends a mail for each invitation: text, and HTML with the QR code inside. */
@Component
class InvitationListener {

	private static final int QR_PIXELS = 180;

	private final JavaMailSender mails;

	private final String html = resource("invitation.html");

	private final String text = resource("invitation.txt");

	InvitationListener(JavaMailSender mails) {
		this.mails = mails;
	}

	private static String resource(String name) {
		try {
			return new ClassPathResource(name, InvitationListener.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@KafkaListener(topics = InvitationTopic.NAME)
	void send(Invitation invitation) throws MessagingException, IOException, WriterException {
		String link = "https://app.banqup.example/i/" + UUID.randomUUID() + UUID.randomUUID();
		MimeMessage mail = this.mails.createMimeMessage();
		MimeMessageHelper helper = new MimeMessageHelper(mail, true, "UTF-8");
		helper.setFrom("invitations@banqup.example", invitation.partnerName() + " via Banqup");
		helper.setTo(invitation.email());
		helper.setSubject(invitation.partnerName() + " nodigt u uit om samen te werken via Banqup");
		helper.setText(fill(this.text, invitation, link, "\n", false), fill(this.html, invitation, link, "<br>", true));
		helper.addInline("qr", new ByteArrayResource(qrCode(link)), "image/png");
		this.mails.send(mail);
	}

	private static String fill(String template, Invitation invitation, String link, String newline, boolean html) {
		return template.replace("${partner}", escape(invitation.partnerName(), html))
			.replace("${client}", escape(invitation.clientName(), html))
			.replace("${message}", escape(invitation.message(), html))
			.replace("${permissions}",
					invitation.permissions()
						.stream()
						.map((permission) -> "\u2713 " + escape(permission, html))
						.collect(Collectors.joining(newline)))
			.replace("${expiry}", LocalDate.now().plusDays(30).toString())
			.replace("${link}", link);
	}

	private static String escape(String text, boolean html) {
		return html ? HtmlUtils.htmlEscape(text, "UTF-8") : text;
	}

	private static byte[] qrCode(String link) throws WriterException, IOException {
		BitMatrix matrix = new QRCodeWriter().encode(link, BarcodeFormat.QR_CODE, QR_PIXELS, QR_PIXELS);
		ByteArrayOutputStream png = new ByteArrayOutputStream();
		MatrixToImageWriter.writeToStream(matrix, "PNG", png);
		return png.toByteArray();
	}

}
