package com.banqup.invitations.devstack;

import java.util.Properties;

import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;

/** Sends mails as a client of the inbox. */
public final class TestMails {

	public static final byte[] IMAGE = { (byte) 0x89, 'P', 'N', 'G', 1, 2, 3 };

	private TestMails() {
	}

	/** Plain text. */
	public static void send(int port, String recipient, String subject) throws MessagingException {
		MimeMessage message = message(port, recipient, subject);
		message.setText("Hello", "UTF-8");
		Transport.send(message);
	}

	/** Text, HTML, and an image that the HTML shows. */
	public static void sendRich(int port, String recipient, String subject, String html) throws MessagingException {
		MimeBodyPart text = new MimeBodyPart();
		text.setText("Zażółć & <b>", "UTF-8");
		MimeBodyPart page = new MimeBodyPart();
		page.setText(html, "UTF-8", "html");
		MimeBodyPart image = new MimeBodyPart();
		image.setDataHandler(new DataHandler(new ByteArrayDataSource(IMAGE, "image/png")));
		image.setContentID("<qr@example.com>");
		image.setDisposition("inline");
		MimeBodyPart related = new MimeBodyPart();
		MimeMultipart relatedParts = new MimeMultipart("related");
		relatedParts.addBodyPart(page);
		relatedParts.addBodyPart(image);
		related.setContent(relatedParts);
		MimeMultipart alternatives = new MimeMultipart("alternative");
		alternatives.addBodyPart(text);
		alternatives.addBodyPart(related);
		MimeMessage message = message(port, recipient, subject);
		message.setContent(alternatives);
		Transport.send(message);
	}

	private static MimeMessage message(int port, String recipient, String subject) throws MessagingException {
		Properties properties = new Properties();
		properties.put("mail.smtp.host", "127.0.0.1");
		properties.put("mail.smtp.port", Integer.toString(port));
		properties.put("mail.smtp.from", "bounces@example.org");
		properties.put("mail.smtp.timeout", "5000");
		MimeMessage message = new MimeMessage(Session.getInstance(properties));
		message.setFrom(new InternetAddress("partner@example.org"));
		message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
		message.setSubject(subject, "UTF-8");
		return message;
	}

}
