package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.host.Ports;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The sink, compiled as {@code ./bench} does it, where there is a C compiler. */
@Timeout(60)
class SinkIT {

	@TempDir
	private static Path program;

	@TempDir
	private Path folder;

	private Sink sink;

	@BeforeAll
	static void compile() throws IOException, InterruptedException {
		assumeThat(Stream.of(System.getenv("PATH").split(":")).map((bin) -> Path.of(bin, "cc").toFile()))
			.as("a C compiler")
			.anyMatch((compiler) -> compiler.canExecute());
		Process compiler = new ProcessBuilder("cc", "-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-o",
				program.resolve("sink").toString(), "src/bench/c/sink.c")
			.inheritIO()
			.start();
		assertThat(compiler.waitFor()).isZero();
	}

	@BeforeEach
	void start() {
		int[] ports = Ports.free(2);
		this.sink = Sink.start(program.resolve("sink"), ports[0], ports[1], this.folder.resolve("process"),
				this.folder.resolve("sink.log"));
	}

	@AfterEach
	void stop() {
		this.sink.close();
	}

	@Test
	void countsMailsRecipientsAndRepetitions() throws MessagingException {
		send("<1@bench.example>", "a@example.com", "x".repeat(50_000));
		send("<2@bench.example>", "b@example.com", "..\r\n.\r\nafter a line of a dot");
		send("<2@bench.example>", "b@example.com", "again");

		Sink.Stats stats = this.sink.stats();

		assertThat(stats.mails()).isEqualTo(3);
		assertThat(stats.recipients()).isEqualTo(2);
		assertThat(stats.repeated()).isEqualTo(1);
		assertThat(stats.bytes()).isGreaterThan(50_000);
		assertThat(this.sink.lastMail()).contains("Message-ID: <2@bench.example>").endsWith("again\r\n");
	}

	@Test
	void keepsWhenTheFirstMailToEachRecipientCame() throws MessagingException {
		send("<1@bench.example>", "a@example.com", "first");
		long first = this.sink.stats().lastMicros();
		send("<2@bench.example>", "a@example.com", "second");
		send("<3@bench.example>", "b@example.com", "third");

		assertThat(this.sink.arrivals("a")).isEqualTo(Map.of("a@example.com", first));
		assertThat(this.sink.arrivals("").keySet()).containsExactlyInAnyOrder("a@example.com", "b@example.com");
		assertThat(this.sink.stats().lastMicros()).isGreaterThan(first);
	}

	@Test
	void tellsMailsOfOneRecipientFromRepetitions() throws MessagingException {
		send("<1@bench.example>", "a@example.com", "first");
		send("<1@bench.example>", "a@example.com", "repeated");
		send("<2@bench.example>", "a@example.com", "another");
		send("<3@bench.example>", "b@example.com", "first");

		Sink.Stats stats = this.sink.stats();

		assertThat(stats.messageIds()).isEqualTo(3);
		assertThat(stats.repeated()).isEqualTo(1);
		assertThat(stats.otherMessageIds()).isEqualTo(1);
	}

	@Test
	void countsMailsThatAreNotAnsweredYet() throws IOException {
		this.sink.reset(60_000);

		try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), this.sink.smtpPort())) {
			sender.getOutputStream().write("""
					HELO bench.example\r
					MAIL FROM:<bench@example.com>\r
					RCPT TO:<a@example.com>\r
					DATA\r
					Message-ID: <1@bench.example>\r
					\r
					Hello\r
					.\r
					""".getBytes(StandardCharsets.US_ASCII));
			Awaitility.await().until(() -> this.sink.stats().underWay() == 1);
			assertThat(this.sink.stats().connections()).isEqualTo(1);
			assertThat(this.sink.stats().recipients()).isEqualTo(1);
		}

		Awaitility.await().until(() -> this.sink.stats().connections() == 0);
	}

	@Test
	void answersAsLateAsToldAndForgetsWhenTold() throws MessagingException {
		send("<1@bench.example>", "a@example.com", "at once");

		this.sink.reset(150);

		long begun = System.nanoTime();
		send("<1@bench.example>", "a@example.com", "late");
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(150));
		assertThat(List.of(this.sink.stats().mails(), this.sink.stats().repeated())).containsExactly(1L, 0L);
	}

	private void send(String id, String recipient, String text) throws MessagingException {
		Properties relay = new Properties();
		relay.put("mail.smtp.host", "127.0.0.1");
		relay.put("mail.smtp.port", Integer.toString(this.sink.smtpPort()));
		MimeMessage mail = new WithItsId(Session.getInstance(relay), id);
		mail.setFrom(new InternetAddress("bench@example.com"));
		mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(recipient));
		mail.setText(text);
		Transport.send(mail);
	}

	/** Jakarta Mail gives every mail an id of its own, unless asked like this. */
	private static final class WithItsId extends MimeMessage {

		private final String id;

		WithItsId(Session session, String id) {
			super(session);
			this.id = id;
		}

		@Override
		protected void updateMessageID() throws MessagingException {
			setHeader("Message-ID", this.id);
		}

	}

}
