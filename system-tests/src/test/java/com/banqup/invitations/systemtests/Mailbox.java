package com.banqup.invitations.systemtests;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ReaderException;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The mails that the clients received.
 *
 * @param inbox the mail inbox's API
 * @param acceptance the base of the links in the mails
 */
record Mailbox(Json inbox, URI acceptance) {

	private static final int PAGE = 1000;

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	/** Waits for this many mails to an address; newest first. */
	List<JsonNode> awaitMailsTo(String address, int count) {
		return Awaitility.await(count + " mails to " + address)
			.atMost(PATIENCE)
			.until(() -> mailsTo(address), (mails) -> mails.size() >= count);
	}

	/** The mails to an address, newest first. */
	List<JsonNode> mailsTo(String address) {
		return this.inbox.get("/api/mails?limit=200&to=" + URLEncoder.encode(address, StandardCharsets.UTF_8))
			.expect(200)
			.body()
			.required("items")
			.valueStream()
			.toList();
	}

	String messageIdOf(JsonNode mail) {
		return this.inbox.get("/api/mails/" + mail.required("id").asString()).expect(200).text("messageId");
	}

	/** Every mail there is; the inbox shows no more than so many at a time. */
	List<JsonNode> mails() {
		List<JsonNode> mails = new ArrayList<>();
		JsonNode page;
		do {
			page = this.inbox.get("/api/mails?limit=%d&offset=%d".formatted(PAGE, mails.size())).expect(200).body();
			page.required("items").valueStream().forEach(mails::add);
		}
		while (mails.size() < page.required("total").asInt());
		return mails;
	}

	/** The link as it stands in the mail's plain text. */
	URI linkIn(JsonNode mail) {
		JsonNode opened = this.inbox.get("/api/mails/" + mail.required("id").asString()).expect(200).body();
		Pattern link = Pattern.compile(Pattern.quote(this.acceptance.toString()) + "/i/[A-Za-z0-9_-]+");
		Matcher matcher = link.matcher(opened.required("text").asString());
		if (!matcher.find()) {
			throw new AssertionError("no link in " + opened.required("text"));
		}
		return URI.create(matcher.group());
	}

	/** What the QR code in the mail says, read from its picture. */
	String qrCodeIn(JsonNode mail) {
		try {
			MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(
					this.inbox.bytes("/api/mails/" + mail.required("id").asString() + "/source")));
			BufferedImage picture = ImageIO.read(picture(message.getContent()).getInputStream());
			BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(picture)));
			return new QRCodeReader().decode(bitmap).getText();
		}
		catch (MessagingException | ReaderException ex) {
			throw new AssertionError("no readable QR code in the mail", ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static BodyPart picture(Object content) throws MessagingException, IOException {
		if (content instanceof Multipart multipart) {
			for (int i = 0; i < multipart.getCount(); i++) {
				BodyPart part = multipart.getBodyPart(i);
				if (part.isMimeType("image/png")) {
					return part;
				}
				if (part.isMimeType("multipart/*")) {
					return picture(part.getContent());
				}
			}
		}
		throw new AssertionError("no picture in the mail");
	}

}
