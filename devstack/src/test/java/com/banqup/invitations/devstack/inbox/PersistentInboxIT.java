package com.banqup.invitations.devstack.inbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Mail;
import com.banqup.invitations.devstack.TestMails;
import com.banqup.invitations.devstack.host.PortTakenException;
import com.banqup.invitations.devstack.host.Ports;
import jakarta.mail.MessagingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PersistentInboxIT {

	private final int[] ports = Ports.free(2);

	private final Path folder;

	private PersistentInbox inbox;

	PersistentInboxIT(@TempDir Path folder) {
		this.folder = folder;
		this.inbox = anInbox();
	}

	@BeforeEach
	void start() {
		this.inbox.start();
	}

	@AfterEach
	void stop() {
		this.inbox.close();
	}

	@Test
	void hasItsMailsAfterARestart() throws Exception {
		TestMails.send(this.ports[0], "anna@example.com", "kept");
		Files.writeString(this.folder.resolve("7.half"), "a mail that was never acknowledged");
		this.inbox.close();

		this.inbox = anInbox();
		this.inbox.start();

		assertThat(this.inbox.mails()).extracting(Mail::subject).containsExactly("kept");
		TestMails.send(this.ports[0], "anna@example.com", "next");
		assertThat(this.inbox.mails()).extracting(Mail::subject).containsExactly("kept", "next");
	}

	@Test
	void namesATakenPort() {
		PersistentInbox second = new PersistentInbox(this.folder, this.ports[0], Ports.free(1)[0]);

		assertThatExceptionOfType(PortTakenException.class).isThrownBy(second::start)
			.withMessageContaining("port " + this.ports[0] + ", wanted for the mail inbox's SMTP server");
		second.close();
	}

	@Nested
	class Api {

		@Test
		void listsNewestFirstAndPages() throws Exception {
			for (int i = 1; i <= 3; i++) {
				TestMails.send(PersistentInboxIT.this.ports[0], "client%d@example.com".formatted(i), "mail " + i);
			}

			JsonNode page = json("/api/mails?limit=2&offset=1");

			assertThat(page.get("total").asInt()).isEqualTo(3);
			assertThat(page.get("items").findValuesAsString("subject")).containsExactly("mail 2", "mail 1");
		}

		@Test
		void findsByRecipientAndByWords() throws Exception {
			TestMails.send(PersistentInboxIT.this.ports[0], "jana@example.com", "Pozvánka");
			TestMails.send(PersistentInboxIT.this.ports[0], "piet@example.com", "Uitnodiging");

			assertThat(json("/api/mails?to=JANA@example.com").get("items").findValuesAsString("subject"))
				.containsExactly("Pozvánka");
			assertThat(json("/api/mails?q=uitnod").get("items").findValuesAsString("subject"))
				.containsExactly("Uitnodiging");
			assertThat(json("/api/mails?q=example.com&limit=0").get("total").asInt()).isEqualTo(2);
		}

		@Test
		void givesOneMailWithItsPartsAndItsSource() throws Exception {
			TestMails.sendRich(PersistentInboxIT.this.ports[0], "jana@example.com", "Rich", "<p>Hi</p>");

			JsonNode mail = json("/api/mails/1");

			assertThat(mail.get("html").asString()).contains("<p>Hi</p>");
			assertThat(mail.get("recipients").get(0).asString()).isEqualTo("jana@example.com");
			JsonNode part = mail.get("attachments").get(0);
			assertThat(part.get("contentId").asString()).isEqualTo("qr@example.com");
			assertThat(bytes(part.get("content").asString())).isEqualTo(TestMails.IMAGE);
			assertThat(get(mail.get("source").asString()).body()).contains("Subject: Rich");
		}

		@Test
		void deletesOneAndAll() throws Exception {
			for (int i = 1; i <= 3; i++) {
				TestMails.send(PersistentInboxIT.this.ports[0], "client@example.com", "mail " + i);
			}

			assertThat(delete("/api/mails/2").statusCode()).isEqualTo(204);
			assertThat(json("/api/mails").get("items").findValuesAsString("subject")).containsExactly("mail 3",
					"mail 1");
			assertThat(delete("/api/mails/2").statusCode()).isEqualTo(404);
			assertThat(get("/api/mails/2").statusCode()).isEqualTo(404);
			assertThat(delete("/api/mails").statusCode()).isEqualTo(204);
			assertThat(json("/api/mails").get("total").asInt()).isZero();
			assertThat(PersistentInboxIT.this.folder).isEmptyDirectory();
		}

		@Test
		void saysWhatIsWrongWithANumber() throws Exception {
			HttpResponse<String> response = get("/api/mails?limit=many");

			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).isEqualTo("limit: \"many\" (expected: a number)");
		}

	}

	@Nested
	class Pages {

		@Test
		void showTheListAndFindInIt() throws Exception {
			TestMails.send(PersistentInboxIT.this.ports[0], "jana@example.com", "First");
			TestMails.send(PersistentInboxIT.this.ports[0], "piet@example.com", "Second");

			assertThat(get("/").body()).contains("jana@example.com", "piet@example.com", "2 mails");
			assertThat(get("/?q=jana").body()).contains("First").doesNotContain("Second");
		}

		@Test
		void pageThroughManyMails() throws Exception {
			IntStream.rangeClosed(1, InboxWeb.PAGE_SIZE + 1).forEach(this::send);

			assertThat(get("/").body()).contains("Page 1 of 2", "number 51<").doesNotContain("number 1<");
			assertThat(get("/?page=2").body()).contains("Page 2 of 2", "number 1<").doesNotContain("number 2<");
		}

		@Test
		void escapeWhatAMailSays() throws Exception {
			TestMails.send(PersistentInboxIT.this.ports[0], "jana@example.com", "<script>alert(1)</script>");

			assertThat(get("/").body()).doesNotContain("<script").contains("&lt;script&gt;");
			assertThat(get("/mails/1").body()).doesNotContain("<script");
		}

		@Test
		void showHtmlWhereItCanDoNoHarm() throws Exception {
			TestMails.sendRich(PersistentInboxIT.this.ports[0], "jana@example.com", "Rich",
					"<p>Hi</p><img src=\"cid:qr@example.com\"><script>alert(1)</script>");

			HttpResponse<String> html = get("/mails/1/html");

			assertThat(html.body()).contains("<img src=\"/mails/1/parts/0\">");
			assertThat(html.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
					(policy) -> assertThat(policy).contains("default-src 'none'", "sandbox", "frame-ancestors 'self'")
						.doesNotContain("allow-scripts", "allow-same-origin", "script-src"));
			assertThat(get("/mails/1").body()).contains("<iframe src=\"/mails/1/html\"")
				.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"");
			assertThat(get("/mails/1/parts/0").headers().firstValue("Content-Type")).hasValue("image/png");
		}

		@Test
		void deleteOnlyByTheirOwnForms() throws Exception {
			TestMails.send(PersistentInboxIT.this.ports[0], "jana@example.com", "Here");

			assertThat(raw("POST /mails/1/delete", "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
			assertThat(get("/mails/1/delete").statusCode()).isEqualTo(405);
			assertThat(PersistentInboxIT.this.inbox.mails()).hasSize(1);
			assertThat(raw("POST /mails/1/delete",
					"Origin: http://127.0.0.1:" + PersistentInboxIT.this.inbox.url().getPort()))
				.startsWith("HTTP/1.1 303");
			assertThat(PersistentInboxIT.this.inbox.mails()).isEmpty();
		}

		@Test
		void answerNobodyWhoCallsThemByAnotherName() throws Exception {
			assertThat(raw("GET /", "Host: rebound.example")).startsWith("HTTP/1.1 403");
		}

		private void send(int number) {
			try {
				TestMails.send(PersistentInboxIT.this.ports[0], "jana@example.com", "number " + number);
			}
			catch (MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	private PersistentInbox anInbox() {
		return new PersistentInbox(this.folder, this.ports[0], this.ports[1]);
	}

	private JsonNode json(String path) throws Exception {
		return JsonMapper.shared().readTree(get(path).body());
	}

	private HttpResponse<String> get(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
	}

	private byte[] bytes(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray())
			.body();
	}

	private HttpResponse<String> delete(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri(path)).DELETE().build(), HttpResponse.BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return this.inbox.url().resolve(path);
	}

	/** A request with headers that Java's client does not let anyone choose. */
	private String raw(String request, String header) throws IOException {
		String host = header.startsWith("Host:") ? "" : "Host: 127.0.0.1:" + this.inbox.url().getPort() + "\r\n";
		try (Socket socket = new Socket("127.0.0.1", this.inbox.url().getPort())) {
			socket.getOutputStream()
				.write((request + " HTTP/1.1\r\n" + host + header
						+ "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
