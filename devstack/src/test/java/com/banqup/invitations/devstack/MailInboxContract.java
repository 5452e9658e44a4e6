package com.banqup.invitations.devstack;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every mail inbox of the stack does. */
interface MailInboxContract {

	Stack stack();

	@Test
	default void keepsItsMailsOverAnOutage() throws MessagingException {
		MailInbox inbox = stack().inbox();
		String address = anAddress();
		TestMails.send(inbox.smtpPort(), address, "before");

		inbox.stop();

		assertThat(inbox.isRunning()).isFalse();
		assertThatExceptionOfType(MessagingException.class)
			.isThrownBy(() -> TestMails.send(inbox.smtpPort(), address, "lost"));
		assertThat(inbox.mailsTo(address)).extracting(Mail::subject).containsExactly("before");

		inbox.start();
		TestMails.send(inbox.smtpPort(), address, "after");

		assertThat(inbox.isRunning()).isTrue();
		assertThat(inbox.mailsTo(address)).extracting(Mail::subject).containsExactly("before", "after");
	}

	@Test
	default void takesAMailApart() throws MessagingException {
		MailInbox inbox = stack().inbox();
		String address = anAddress();

		TestMails.sendRich(inbox.smtpPort(), address, "Příliš žluťoučký kůň", "<p>Žluť</p>");

		assertThat(inbox.mailsTo(address)).singleElement().satisfies((mail) -> {
			assertThat(mail.subject()).isEqualTo("Příliš žluťoučký kůň");
			assertThat(mail.sender()).isEqualTo("bounces@example.org");
			assertThat(mail.recipients()).containsExactly(address);
			assertThat(mail.from()).isEqualTo("partner@example.org");
			assertThat(mail.messageId()).startsWith("<").endsWith(">");
			assertThat(mail.text()).isEqualToIgnoringNewLines("Zażółć & <b>");
			assertThat(mail.html()).isEqualToIgnoringNewLines("<p>Žluť</p>");
			assertThat(mail.inline("qr@example.com")).hasValueSatisfying((part) -> {
				assertThat(part.contentType()).isEqualTo("image/png");
				assertThat(part.content()).isEqualTo(TestMails.IMAGE);
			});
			assertThat(new String(mail.source(), StandardCharsets.UTF_8)).contains("Subject: =?UTF-8?");
		});
	}

	@Test
	default void findsARecipientWhateverItsCase() throws MessagingException {
		MailInbox inbox = stack().inbox();
		String address = anAddress();

		TestMails.send(inbox.smtpPort(), address, "case");

		assertThat(inbox.mailsTo(address.toUpperCase(Locale.ROOT))).hasSize(1);
		assertThat(inbox.mailsTo("x" + address)).isEmpty();
	}

	@Test
	default void forgetsEverythingOnDemand() throws MessagingException {
		MailInbox inbox = stack().inbox();
		TestMails.send(inbox.smtpPort(), anAddress(), "old");

		inbox.clear();

		assertThat(inbox.mails()).isEmpty();
	}

	private static String anAddress() {
		return "client-" + UUID.randomUUID() + "@example.com";
	}

}
