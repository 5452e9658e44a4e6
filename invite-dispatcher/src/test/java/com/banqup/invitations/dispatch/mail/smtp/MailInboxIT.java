package com.banqup.invitations.dispatch.mail.smtp;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

import com.banqup.invitations.devstack.Mail;
import com.banqup.invitations.devstack.MailInbox;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Reads back what a real SMTP server was given. */
class MailInboxIT {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final MailInbox inbox = Stack.shared().inbox();

	private final GatewayUnderTest gateway = new GatewayUnderTest(this.inbox.smtpPort());

	MailInboxIT() {
		this.gateway.host = "127.0.0.1";
	}

	@AfterEach
	void close() {
		this.gateway.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyPartArrivesInEveryLanguage(InviteeLanguage language) throws Exception {
		InvitationMail sent = aMail(language);

		MailReceipt receipt = Objects.requireNonNull(this.gateway.send(sent).block(LIMIT));

		assertThat(receipt.replyCode()).isEqualTo(250);
		Mail mail = received(sent);
		String link = GatewayUnderTest.LINKS.linkFor(sent.invitationId(), sent.generation()).toString();
		assertThat(mail.sender()).isEqualTo("bounces@banqup.example");
		assertThat(mail.recipients()).containsExactly(sent.email());
		assertThat(mail.from()).contains("Fiduciaire Lefèvre & Søn via Banqup", "invitations@banqup.example");
		assertThat(mail.to()).contains("L’Étoile “Müller” GmbH", sent.email());
		assertThat(mail.subject()).contains("Fiduciaire Lefèvre & Søn", "Banqup");
		assertThat(mail.messageId()).isEqualTo("<" + sent.invitationId() + ".2@banqup.example>");
		assertThat(mail.text()).contains("Fiduciaire Lefèvre & Søn", "L’Étoile “Müller” GmbH", link, ". punt", "…",
				"2026");
		assertThat(mail.html()).contains("href=\"" + link + "\"", "Fiduciaire Lefèvre &amp; Søn", ". punt<br>", "2026")
			.contains("lang=\"" + language.code() + "\"");
		Mail.Attachment picture = mail.inline("qr." + sent.invitationId() + ".2@banqup.example").orElseThrow();
		assertThat(picture.contentType()).isEqualTo("image/png");
		assertThat(textOf(picture.content())).isEqualTo(link);
		assertThat(mail.source()).hasSizeLessThan(16 * 1024);
	}

	@Test
	void manyMailsArriveOnceOverFewSessions() {
		this.gateway.connections = 4;
		List<InvitationMail> mails = IntStream.range(0, 100).mapToObj((i) -> aMail(InviteeLanguage.DUTCH)).toList();

		Flux.fromIterable(mails).flatMap(this.gateway::send, 16).blockLast(LIMIT);

		assertThat(mails).allSatisfy((mail) -> assertThat(received(mail)).isNotNull());
		assertThat(this.gateway.count("dispatch.mail.connections.opened")).isLessThanOrEqualTo(4);
	}

	@Test
	void mailsGoOutAgainWhenTheRelayIsBack() {
		this.gateway.send(aMail(InviteeLanguage.FRENCH)).block(LIMIT);
		this.inbox.stop();
		try {
			assertThatExceptionOfType(RelayUnavailable.class)
				.isThrownBy(() -> this.gateway.send(aMail(InviteeLanguage.FRENCH)).block(LIMIT));
		}
		finally {
			this.inbox.start();
		}
		InvitationMail after = aMail(InviteeLanguage.FRENCH);

		this.gateway.send(after).block(LIMIT);

		assertThat(received(after)).isNotNull();
	}

	private Mail received(InvitationMail sent) {
		List<Mail> mails = this.inbox.mailsTo(sent.email());
		assertThat(mails).hasSize(1);
		return mails.getFirst();
	}

	private static InvitationMail aMail(InviteeLanguage language) {
		UUID id = UUID.randomUUID();
		return new InvitationMail(id, 2, "Fiduciaire Lefèvre & Søn", "L’Étoile “Müller” GmbH", id + "@example.com",
				language, ". punt\n\n…", List.of(Permission.VIEW_DOCUMENTS), Instant.parse("2026-12-24T13:03:00Z"));
	}

	private static String textOf(byte[] png) throws Exception {
		return new QRCodeReader()
			.decode(new BinaryBitmap(
					new HybridBinarizer(new BufferedImageLuminanceSource(ImageIO.read(new ByteArrayInputStream(png))))),
					Map.of(DecodeHintType.PURE_BARCODE, true))
			.getText();
	}

}
