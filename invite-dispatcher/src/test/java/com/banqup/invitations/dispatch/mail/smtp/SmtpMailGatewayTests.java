package com.banqup.invitations.dispatch.mail.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.dispatch.mail.MailRejected;
import com.banqup.invitations.dispatch.mail.RelayBusy;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import com.banqup.invitations.dispatch.mail.smtp.MailRelayProperties.StartTls;
import com.banqup.invitations.dispatch.mail.smtp.ScriptedSmtpServer.At;
import com.banqup.invitations.dispatch.mail.smtp.ScriptedSmtpServer.Received;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static com.banqup.invitations.dispatch.mail.smtp.GatewayUnderTest.aMail;
import static com.banqup.invitations.dispatch.mail.smtp.GatewayUnderTest.aMailTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

class SmtpMailGatewayTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final ScriptedSmtpServer relay = new ScriptedSmtpServer();

	private final GatewayUnderTest gateway = new GatewayUnderTest(this.relay.port());

	@AfterEach
	void close() {
		this.gateway.close();
		this.relay.close();
	}

	private MailReceipt send() {
		return send(aMail());
	}

	private MailReceipt send(InvitationMail mail) {
		return Objects.requireNonNull(this.gateway.send(mail).block(LIMIT));
	}

	private void sendMany(int count, int atOnce) {
		List<InvitationMail> mails = Stream.generate(GatewayUnderTest::aMail).limit(count).toList();
		Flux.fromIterable(mails).flatMap(this.gateway::send, atOnce).blockLast(LIMIT);
	}

	private void sendDeferred(String reason) {
		failure(aMail(), MailDeferred.class, (ex) -> assertThat(ex.reasonCode()).isEqualTo(reason));
	}

	private void sendUnavailable(String reason) {
		failure(aMail(), RelayUnavailable.class, (ex) -> assertThat(ex.reasonCode()).isEqualTo(reason));
	}

	private <T extends Throwable> void failure(InvitationMail mail, Class<T> failure, Consumer<T> check) {
		StepVerifier.create(this.gateway.send(mail))
			.expectErrorSatisfies((ex) -> assertThat(ex).asInstanceOf(type(failure)).satisfies(check))
			.verify(LIMIT);
	}

	private long timesSaid(String command) {
		return this.relay.commands().stream().filter((line) -> line.startsWith(command)).count();
	}

	@Nested
	class WhenTheRelayTakesTheMail {

		@Test
		void handsItOverAndReturnsTheReply() {
			InvitationMail mail = aMail();

			MailReceipt receipt = send(mail);

			assertThat(receipt.replyCode()).isEqualTo(250);
			assertThat(receipt.reply()).isEqualTo("2.0.0 queued as 4711");
			assertThat(receipt.took()).isPositive();
			assertThat(relay.received()).singleElement().satisfies((received) -> {
				assertThat(received.sender()).startsWith("MAIL FROM:<bounces@banqup.example> SIZE=");
				assertThat(received.recipient()).isEqualTo("RCPT TO:<jan@example.com>");
				assertThat(received.message())
					.contains("Message-ID: <" + mail.invitationId() + ".1@banqup.example>\r\n");
			});
			assertThat(gateway.timed("sent")).isOne();
		}

		@Test
		void bringsEveryLineThroughUnchanged() {
			InvitationMail mail = new InvitationMail(aMail().invitationId(), 1, "P", "C", "jan@example.com",
					aMail().language(), ".\n..\n.x\n" + ".".repeat(200), List.of(), aMail().expiresAt());

			send(mail);

			Received received = relay.received().getFirst();
			var composed = GatewayUnderTest.COMPOSER.compose(mail);
			assertThat(received.message())
				.isEqualTo(new String(composed.bytes(), 0, composed.length(), StandardCharsets.UTF_8));
			assertThat(received.message().lines()).anyMatch((line) -> line.startsWith("."));
			assertThat(received.wire().lines().filter((line) -> line.startsWith("."))).isNotEmpty()
				.allMatch((line) -> line.startsWith(".."));
		}

		@Test
		void keepsTheSessionForTheNextMail() {
			send();
			send();
			send();

			assertThat(relay.received()).hasSize(3);
			assertThat(relay.connections()).isOne();
			assertThat(timesSaid("EHLO")).isOne();
			assertThat(timesSaid("RSET")).isZero();
		}

		@Test
		void sendsTheEnvelopeInOneGoWhenPipeliningIsOffered() {
			relay.answersInGroups();

			send();
			send();

			assertThat(relay.received()).hasSize(2);
		}

		@Test
		void waitsForEachAnswerWhenPipeliningIsNotOffered() {
			relay.offers("SIZE 1000000");

			send();
			send();

			assertThat(relay.received()).hasSize(2);
			assertThat(relay.sawCommandsAhead()).isFalse();
		}

		@Test
		void masksAddressesInTheReply() {
			relay.says(At.MESSAGE, "250 2.0.0 <jan@example.com> queued");

			assertThat(send().reply()).isEqualTo("2.0.0 <[address]> queued");
		}

		@Test
		void neverUsesChunkingWhichHidesWhereAMailWasLost() {
			relay.offers("PIPELINING", "CHUNKING");

			send();

			assertThat(timesSaid("BDAT")).isZero();
			assertThat(relay.received()).hasSize(1);
		}

	}

	@Nested
	class WhenTheRelayRefusesTheMail {

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				RCPT    | 550 5.1.1 <jan@example.com>: no such user     | mailbox-unknown
				RCPT    | 550 no such user                              | mailbox-unknown
				RCPT    | 551 5.1.6 moved away                          | mailbox-unknown
				RCPT    | 550 5.1.2 no such domain                      | domain-unknown
				RCPT    | 556 5.1.10 domain takes no mail               | domain-unknown
				RCPT    | 556 domain takes no mail                      | domain-unknown
				RCPT    | 553 5.1.3 bad address                         | address-invalid
				RCPT    | 552 5.2.2 over quota                          | mailbox-full
				RCPT    | 550 5.2.1 mailbox disabled                    | mailbox-disabled
				RCPT    | 550 5.7.1 blocked by policy                   | policy
				RCPT    | 554 5.7.1 relay access denied                 | policy
				RCPT    | 550 5.4.4 no route to host                    | network
				RCPT    | 553 5.6.7 needs SMTPUTF8                      | address-needs-smtputf8
				MAIL    | 552 size                                      | message-too-large
				MAIL    | 550 5.6.7 needs SMTPUTF8                      | address-needs-smtputf8
				MAIL    | 550 5.2.3 too long                            | message-too-large
				MAIL    | 552 5.3.4 message too big                     | message-too-large
				DATA    | 554 5.5.1 no                                  | protocol-error
				MESSAGE | 552 message too large                         | message-too-large
				MESSAGE | 554 5.7.1 looks like spam                     | policy
				MESSAGE | 550 5.2.2 over quota                          | mailbox-full
				MESSAGE | 554 5.6.0 bad content                         | content-refused
				MESSAGE | 599 who knows                                 | refused
				""")
		void rejectsItForGoodOnAPermanentReply(At at, String reply, String reason) {
			relay.says(at, reply);

			failure(aMail(), MailRejected.class, (ex) -> {
				assertThat(ex.reasonCode()).isEqualTo(reason);
				assertThat(ex.replyCode()).isEqualTo(Integer.parseInt(reply.substring(0, 3)));
				assertThat(ex.text()).doesNotContain("jan@example.com");
				assertThat(ex.getMessage()).doesNotContain("jan@example.com");
			});
			assertThat(gateway.timed("rejected")).isOne();
			assertThat(relay.received()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				RCPT    | 450 4.2.1 greylisted, try later        | mailbox-disabled
				RCPT    | 450 mailbox busy                       | mailbox-unavailable
				RCPT    | 451 4.7.1 greylisted                   | policy
				RCPT    | 452 4.2.2 over quota                   | mailbox-full
				RCPT    | 452 too many recipients                | insufficient-storage
				RCPT    | 552 too many recipients                | mailbox-full
				MAIL    | 452 4.3.1 disk full                    | insufficient-storage
				MAIL    | 451 local error                        | relay-error
				DATA    | 451 4.3.0 not now                      | relay-error
				MESSAGE | 451 4.3.0 queue file write error       | relay-error
				MESSAGE | 454 4.4.1 no answer from host          | network
				""")
		void defersItOnATemporaryReply(At at, String reply, String reason) {
			relay.says(at, reply);

			failure(aMail(), MailDeferred.class, (ex) -> {
				assertThat(ex.reasonCode()).isEqualTo(reason);
				assertThat(ex.replyCode()).isEqualTo(Integer.parseInt(reply.substring(0, 3)));
			});
			assertThat(gateway.timed("deferred")).isOne();
			assertThat(relay.received()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource({ "RCPT,true", "DATA,true", "MESSAGE,true", "RCPT,false", "DATA,false", "MESSAGE,false" })
		void sendsTheNextMailOverTheSameSession(At at, boolean pipelining) {
			relay.offers(pipelining ? "PIPELINING" : "8BITMIME").says(at, "550 5.7.1 not this one");
			failure(aMail(), MailRejected.class, (ex) -> assertThat(ex.reasonCode()).isEqualTo("policy"));

			send();
			send();

			assertThat(relay.connections()).isOne();
			assertThat(timesSaid("RSET")).isEqualTo((at == At.RCPT || at == At.DATA) ? 1 : 0);
		}

		@Test
		void dropsASessionThatWaitsForTheMessageOfARefusedMail() {
			relay.says(At.RCPT, "550 5.1.1 no such user").says(At.DATA, "354 go ahead anyway");
			failure(aMail(), MailRejected.class, (ex) -> assertThat(ex.reasonCode()).isEqualTo("mailbox-unknown"));

			send();

			assertThat(relay.connections()).isEqualTo(2);
			assertThat(relay.received()).hasSize(1);
		}

		@ParameterizedTest
		@ValueSource(strings = { "530 5.7.0 authentication required", "535 5.7.8 who are you" })
		void blamesNoMailWhenTheRelayWantsALogin(String reply) {
			relay.says(At.MAIL, reply);

			sendUnavailable("login-required");
		}

		@ParameterizedTest
		@ValueSource(strings = { "550 5.7.1 sender refused", "550 5.1.8 bad sender domain", "553 not your address",
				"554 5.7.0 account suspended", "555 5.5.4 unsupported parameter" })
		void blamesNoMailWhenTheRelayRefusesTheSender(String reply) {
			relay.says(At.MAIL, reply);

			sendUnavailable("sender-refused");
			send();

			assertThat(relay.connections()).isOne();
			assertThat(gateway.timed("rejected")).isZero();
		}

		@Test
		void defersOnAReplyThatMakesNoSense() {
			relay.says(At.RCPT, "354 go ahead");

			sendDeferred("protocol-error");
		}

		@Test
		void doesNotSendAMailThatIsTooLargeForTheRelay() {
			relay.offers("PIPELINING", "SIZE 5000");

			failure(aMail(), MailRejected.class, (ex) -> assertThat(ex.reasonCode()).isEqualTo("message-too-large"));
			assertThat(timesSaid("MAIL")).isZero();
		}

	}

	@Nested
	class WhenTheConnectionBreaks {

		@ParameterizedTest
		@EnumSource(value = At.class, names = { "MAIL", "RCPT", "DATA" })
		void defersTheMailOnAFreshSession(At at) {
			relay.drops(at);

			sendDeferred("connection-lost");
			assertThat(relay.connections()).isOne();
		}

		@ParameterizedTest
		@EnumSource(value = At.class, names = { "MAIL", "RCPT", "DATA" })
		void triesOnceMoreWhenTheSessionWasKept(At at) {
			send();
			relay.drops(at);

			send();

			assertThat(relay.received()).hasSize(2);
			assertThat(relay.connections()).isEqualTo(2);
			assertThat(gateway.timed("sent")).isEqualTo(2);
		}

		@Test
		void triesNoMoreThanOnce() {
			send();
			relay.alwaysDrops(At.MAIL);

			sendDeferred("connection-lost");
			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void noticesThatKeptSessionsAreGoneAfterARestart() throws IOException {
			gateway.connections = 4;
			sendMany(8, 4);
			relay.dropAll();

			sendMany(8, 4);

			assertThat(relay.received()).hasSize(16);
			assertThat(gateway.timed("deferred")).isZero();
		}

		@Test
		void triesOnceMoreWhenAKeptSessionIsClosedWith421() {
			send();
			relay.saysAndDrops(At.MAIL, "421 4.4.2 idle for too long");

			send();

			assertThat(relay.received()).hasSize(2);
		}

		@Test
		void takesNoMoreTimeThanItsLimitWhenAKeptSessionIsLostLate() {
			gateway.maxWait = Duration.ofMillis(200);
			relay.offers("SIZE 1000000");
			send();
			relay.saysLate(At.MAIL, "250 ok", Duration.ofMillis(400)).drops(At.RCPT);

			sendDeferred("connection-lost");
			assertThat(relay.connections()).as("no second session").isOne();
		}

		@Test
		void defersWhenAFreshSessionIsClosedWith421() {
			relay.saysAndDrops(At.MAIL, "421 closing");

			sendDeferred("relay-closing");
			assertThat(gateway.timed("deferred")).isOne();
		}

		@Test
		void doesNotKeepASessionThatSaid421() {
			relay.says(At.RCPT, "421 4.3.2 shutting down");

			sendDeferred("relay-error");
			send();

			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void saysThatTheMailMayHaveBeenDeliveredWhenItBreaksAfterTheMessage() {
			relay.drops(At.MESSAGE);

			sendDeferred("maybe-delivered");
		}

		@Test
		void doesNotRepeatAMailThatMayHaveBeenDelivered() {
			send();
			relay.drops(At.MESSAGE);

			sendDeferred("maybe-delivered");
			assertThat(relay.connections()).isOne();
			assertThat(relay.received()).hasSize(1);
		}

		@Test
		void defersWhenTheRelayTalksNonsense() {
			relay.says(At.MAIL, "this is not SMTP");

			sendDeferred("connection-lost");
		}

	}

	@Nested
	class WhenTheRelayHangs {

		@ParameterizedTest
		@EnumSource(value = At.class, names = { "MAIL", "RCPT", "DATA" })
		void defersTheMailAndDropsTheSession(At at) {
			gateway.readTimeout = Duration.ofSeconds(1);
			relay.hangs(at);

			sendDeferred("timeout");
			send();

			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void givesTheWholeEnvelopeOneTimeLimitAlsoWithoutPipelining() {
			gateway.readTimeout = Duration.ofMillis(1500);
			Duration pause = Duration.ofMillis(800);
			relay.offers("8BITMIME")
				.saysLate(At.MAIL, "250 2.1.0 ok", pause)
				.saysLate(At.RCPT, "250 2.1.5 ok", pause)
				.saysLate(At.DATA, "354 go ahead", pause);

			sendDeferred("timeout");
			send();

			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void saysThatTheMailMayHaveBeenDeliveredWhenItHangsAfterTheMessage() {
			gateway.readTimeout = Duration.ofSeconds(1);
			gateway.messageTimeout = Duration.ofMillis(1500);
			relay.hangs(At.MESSAGE);
			long start = System.nanoTime();

			sendDeferred("maybe-delivered");

			assertThat(Duration.ofNanos(System.nanoTime() - start)).as("its own limit")
				.isGreaterThanOrEqualTo(gateway.messageTimeout);
		}

		@Test
		void isUnavailableWhenASessionTakesTooLongAllInAll() {
			gateway.sessionTimeout = Duration.ofMillis(300);
			relay.alwaysHangs(At.EHLO);

			sendUnavailable("session-timeout");
		}

		@Test
		void isUnavailableWithoutAGreeting() {
			gateway.connectTimeout = Duration.ofMillis(300);
			relay.alwaysHangs(At.CONNECT);

			sendUnavailable("connect-timeout");
		}

		@Test
		void isUnavailableWithoutAnAnswerToEhlo() {
			gateway.readTimeout = Duration.ofMillis(300);
			relay.alwaysHangs(At.EHLO);

			sendUnavailable("ehlo-timeout");
		}

		@Test
		void isBusyWhenAllSessionsAreForTooLong() throws InterruptedException {
			gateway.maxWait = Duration.ofMillis(200);
			relay.hangs(At.MESSAGE);
			Disposable busy = gateway.send(aMail()).onErrorComplete().subscribe();
			relay.awaitHanging();

			failure(aMail(), RelayBusy.class, (ex) -> assertThat(gateway.timed("busy")).isOne());
			busy.dispose();
		}

		@Test
		void boundsHowManyMailsWait() {
			gateway.maxWaiting = 2;
			relay.alwaysHangs(At.MESSAGE);

			InvitationMail mail = aMail();
			List<Throwable> failures = Flux.range(0, 10)
				.flatMap((i) -> gateway.send(mail).then(Mono.<Throwable>empty()).onErrorResume(Mono::just), 10)
				.take(7)
				.collectList()
				.block(LIMIT);

			assertThat(failures).hasSize(7).allSatisfy((ex) -> assertThat(ex).isInstanceOf(RelayBusy.class));
		}

	}

	@Nested
	class WhenTheRelayIsDown {

		@Test
		void isUnavailableWhenNobodyListens() throws IOException {
			try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				gateway.port = unused.getLocalPort();
			}

			sendUnavailable("connection-refused");
			assertThat(gateway.timed("unavailable")).isOne();
		}

		@Test
		void isUnavailableWhenItsNameIsUnknown() {
			gateway.host = "relay.invalid";

			sendUnavailable("host-unknown");
		}

		@ParameterizedTest
		@ValueSource(strings = { "421 4.3.2 too busy", "554 5.7.1 go away", "450 not now" })
		void isUnavailableWhenTheGreetingIsARefusal(String greeting) {
			relay.alwaysSays(At.CONNECT, greeting);

			sendUnavailable("greeting-refused");
		}

		@ParameterizedTest
		@ValueSource(strings = { "421 4.3.2 too busy", "550 5.7.1 bad name", "502 5.5.1 what" })
		void isUnavailableWhenEhloIsRefused(String reply) {
			relay.alwaysSays(At.EHLO, reply);

			sendUnavailable("ehlo-refused");
		}

		@Test
		void isUnavailableWhenItHangsUp() {
			relay.alwaysDrops(At.CONNECT);

			sendUnavailable("connect-failed");
		}

		@Test
		void isUnavailableWhenSomethingElseListens() {
			relay.alwaysSays(At.CONNECT, "HTTP/1.1 400 Bad Request");

			sendUnavailable("connect-failed");
		}

		@Test
		void isUsedAgainWhenItIsBack() {
			relay.says(At.CONNECT, "421 4.3.2 starting up");
			sendUnavailable("greeting-refused");

			send();

			assertThat(relay.received()).hasSize(1);
			assertThat(relay.openConnections()).isOne();
		}

		@Test
		void closesTheConnectionsItGivesUpOn() {
			relay.alwaysSays(At.EHLO, "550 no");
			sendUnavailable("ehlo-refused");
			sendUnavailable("ehlo-refused");

			assertThat(gateway.gauge("active")).isZero();
			assertThat(gateway.gauge("idle")).isZero();
		}

	}

	@Nested
	class WhenTheRelayLimitsItsConnections {

		@Test
		void sendsEverythingOverThoseItGets() {
			relay.admitsNoMoreThan(2);
			gateway.connections = 8;

			sendMany(60, 8);

			assertThat(relay.received()).hasSize(60);
			assertThat(gateway.timed("sent")).isEqualTo(60);
			assertThat(relay.connections()).as("not asked again for each mail").isLessThan(30);
		}

		@Test
		void tellsEverybodyWhenItIsDown() {
			relay.alwaysSays(At.CONNECT, "421 4.3.2 starting up");
			gateway.connections = 8;

			List<Throwable> failures = Flux.range(0, 8)
				.flatMap((i) -> gateway.send(aMail()).then(Mono.<Throwable>empty()).onErrorResume(Mono::just), 8)
				.collectList()
				.block(LIMIT);

			assertThat(failures).hasSize(8).allSatisfy((ex) -> assertThat(ex).isInstanceOf(RelayUnavailable.class));
			assertThat(relay.connections()).isLessThanOrEqualTo(2 * 8 * 2);
		}

		@Test
		void isDownAgainWhenNoSessionIsLeft() throws IOException {
			gateway.connections = 2;
			sendMany(4, 2);
			relay.admitsNoMoreThan(0).dropAll();

			sendUnavailable("greeting-refused");
		}

	}

	@Nested
	class WhenItEncrypts {

		private void relayShows(String host) throws Exception {
			relay.offers("PIPELINING", "STARTTLS").encryptsWith(TestCertificate.forHost(host).server());
			gateway.trust = TestCertificate.forHost("localhost").client();
		}

		@ParameterizedTest
		@EnumSource(value = StartTls.class, names = { "WHEN_OFFERED", "REQUIRED" })
		void sendsOverTlsToARelayThatItTrusts(StartTls startTls) throws Exception {
			relayShows("localhost");
			gateway.startTls = startTls;

			send();
			send();

			assertThat(relay.received()).hasSize(2).allMatch(Received::encrypted);
			assertThat(timesSaid("EHLO")).isEqualTo(2);
		}

		@Test
		void sendsInTheClearWhenToldNeverToEncrypt() throws Exception {
			relayShows("localhost");
			gateway.startTls = StartTls.NEVER;

			send();

			assertThat(relay.received()).hasSize(1).noneMatch(Received::encrypted);
		}

		@Test
		void sendsInTheClearWhenTlsIsNotOfferedAndNotRequired() throws Exception {
			relayShows("localhost");
			relay.offers("PIPELINING");
			gateway.startTls = StartTls.WHEN_OFFERED;

			send();

			assertThat(relay.received()).hasSize(1);
		}

		@Test
		void isUnavailableWhenTlsIsRequiredAndNotOffered() throws Exception {
			relayShows("localhost");
			relay.offers("PIPELINING");
			gateway.startTls = StartTls.REQUIRED;

			sendUnavailable("tls-not-offered");
		}

		@ParameterizedTest
		@EnumSource(value = StartTls.class, names = { "WHEN_OFFERED", "REQUIRED" })
		void isUnavailableWhenTheCertificateIsNotTrusted(StartTls startTls) throws Exception {
			relayShows("localhost");
			gateway.trust = TestCertificate.forHost("other.example").client();
			gateway.startTls = startTls;

			sendUnavailable("tls-failed");
			assertThat(timesSaid("MAIL")).isZero();
		}

		@Test
		void isUnavailableWhenTheCertificateIsForAnotherHost() throws Exception {
			relayShows("other.example");
			gateway.trust = TestCertificate.forHost("other.example").client();
			gateway.startTls = StartTls.REQUIRED;

			sendUnavailable("tls-failed");
			assertThat(timesSaid("MAIL")).isZero();
		}

		@Test
		void isUnavailableWhenTlsIsRefused() throws Exception {
			relayShows("localhost");
			relay.says(At.STARTTLS, "454 4.7.0 TLS not available");
			gateway.startTls = StartTls.WHEN_OFFERED;

			sendUnavailable("tls-refused");
		}

		@Test
		void isUnavailableWhenTheRelayHangsUpInsteadOfEncrypting() throws Exception {
			relayShows("localhost");
			relay.saysAndDrops(At.STARTTLS, "220 go on");
			gateway.startTls = StartTls.REQUIRED;

			sendUnavailable("tls-failed");
		}

		@Test
		void doesNotBelieveWhatWasSlippedInBeforeEncryption() throws Exception {
			relayShows("localhost");
			relay.says(At.STARTTLS, "220 go on\r\n250-slipped\r\n250 in");
			gateway.startTls = StartTls.REQUIRED;

			sendUnavailable("tls-failed");
		}

	}

	@Nested
	class WhenItLogsIn {

		private static final String PLAIN = Base64.getEncoder().encodeToString("\0sender\0sesame".getBytes());

		private void encrypted(String... extensions) throws Exception {
			relay.encryptsWith(TestCertificate.forHost("localhost").server()).offers(extensions);
			gateway.trust = TestCertificate.forHost("localhost").client();
			gateway.startTls = StartTls.REQUIRED;
			gateway.username = "sender";
			gateway.password = "sesame";
		}

		@Test
		void logsInOncePerSession() throws Exception {
			encrypted("STARTTLS", "AUTH PLAIN LOGIN");

			send();
			send();

			assertThat(relay.received()).hasSize(2);
			assertThat(timesSaid("AUTH")).isOne();
			assertThat(timesSaid("AUTH PLAIN ")).isOne();
		}

		@Test
		void usesLoginWhenPlainIsNotOffered() throws Exception {
			encrypted("STARTTLS", "AUTH LOGIN");

			send();

			assertThat(relay.commands()).contains("AUTH LOGIN " + base64("sender"), base64("sesame"));
		}

		@Test
		void isUnavailableWhenRefused() throws Exception {
			encrypted("STARTTLS", "AUTH PLAIN");
			relay.alwaysSays(At.AUTH, "535 5.7.8 sesame is wrong for sender");

			failure(aMail(), RelayUnavailable.class, (ex) -> {
				assertThat(ex.reasonCode()).isEqualTo("login-refused");
				assertThat(ex.getMessage()).doesNotContain(PLAIN);
			});
		}

		@Test
		void isUnavailableWhenNoKnownMechanismIsOffered() throws Exception {
			encrypted("STARTTLS", "AUTH GSSAPI");

			sendUnavailable("login-not-offered");
		}

		@Test
		void keepsThePasswordBackWithoutTls() {
			relay.offers("AUTH PLAIN");
			gateway.username = "sender";
			gateway.password = "sesame";

			sendUnavailable("login-needs-tls");
			assertThat(timesSaid("AUTH")).isZero();
		}

		@Test
		void logsInWithoutTlsWhenToldSo() {
			relay.offers("AUTH PLAIN");
			gateway.username = "sender";
			gateway.password = "sesame";
			gateway.loginWithoutTls = true;

			send();

			assertThat(timesSaid("AUTH PLAIN ")).isOne();
		}

		private static String base64(String text) {
			return Base64.getEncoder().encodeToString(text.getBytes());
		}

	}

	@Nested
	class WhenItKeepsSessions {

		@Test
		void opensNoMoreThanItMay() {
			gateway.connections = 3;

			sendMany(60, 20);

			assertThat(relay.received()).hasSize(60);
			assertThat(relay.mostConnectionsAtOnce()).isLessThanOrEqualTo(3);
			assertThat(gateway.gauge("pending")).isZero();
			assertThat(gateway.gauge("active")).isZero();
			assertThat(gateway.gauge("idle")).isBetween(1.0, 3.0);
		}

		@Test
		void replacesASessionAfterSoManyMails() {
			gateway.maxMessagesPerSession = 2;

			for (int i = 0; i < 5; i++) {
				send();
			}

			assertThat(relay.received()).hasSize(5);
			assertThat(relay.connections()).isEqualTo(3);
			assertThat(gateway.count("dispatch.mail.connections.opened")).isEqualTo(3);
			assertThat(gateway.count("dispatch.mail.connections.closed")).isEqualTo(2);
		}

		@Test
		void replacesASessionThatIsOld() {
			gateway.maxSessionAge = Duration.ofMillis(1);
			relay.offers("8BITMIME");

			send();
			send();

			assertThat(relay.received()).hasSize(2);
			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void dropsTheSessionOfACancelledMail() throws InterruptedException {
			relay.hangs(At.MESSAGE);
			Disposable sending = gateway.send(aMail()).subscribe();
			relay.awaitHanging();
			sending.dispose();

			assertThat(send().replyCode()).isEqualTo(250);
			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void opensTheFirstOnesAtStartUp() {
			gateway.connections = 4;
			gateway.warmConnections = 2;
			gateway.sessions().start();

			Flux.interval(Duration.ofMillis(20)).filter((i) -> gateway.gauge("idle") == 2).next().block(LIMIT);
			assertThat(relay.connections()).isEqualTo(2);
		}

		@Test
		void startsWhenTheRelayIsDown() {
			gateway.warmConnections = 1;
			relay.says(At.CONNECT, "421 starting up");
			gateway.sessions().start();

			assertThat(gateway.sessions().isRunning()).isTrue();
		}

		@Test
		void saysGoodbye() {
			send();

			gateway.close();

			Flux.interval(Duration.ofMillis(20)).filter((i) -> timesSaid("QUIT") == 1).next().block(LIMIT);
			sendUnavailable("stopping");
		}

	}

	@Nested
	class WhenTheAddressIsUnusual {

		@ParameterizedTest
		@ValueSource(strings = { "", "jan", "@example.com", "jan@", "jan@example..com", "jan@-example.com",
				"jan@example.com>\r\nRCPT TO:<x@example.org", "jan@example.com\r\nDATA", "jan\u0000@example.com",
				"jan smet@example.com", "a>b@example.com", "jan@exämple.com", "jan@[127.0.0.1]", ".jan@example.com",
				"j\u202ean@example.com" })
		void rejectsWhatIsNoAddressWithoutAskingTheRelay(String email) {
			failure(aMailTo(email), MailRejected.class,
					(ex) -> assertThat(ex.reasonCode()).isEqualTo("address-invalid"));

			assertThat(relay.connections()).isZero();
		}

		@Test
		void rejectsALetterOutsideAsciiWhenTheRelayCannotTakeIt() {
			failure(aMailTo("jürgen@example.com"), MailRejected.class,
					(ex) -> assertThat(ex.reasonCode()).isEqualTo("address-needs-smtputf8"));

			send();

			assertThat(relay.connections()).isOne();
		}

		@Test
		void sendsALetterOutsideAsciiWhenTheRelayCanTakeIt() {
			relay.offers("PIPELINING", "8BITMIME", "SMTPUTF8");

			send(aMailTo("jürgen@example.com"));

			assertThat(relay.received()).singleElement().satisfies((received) -> {
				assertThat(received.sender()).contains("SMTPUTF8");
				assertThat(received.recipient()).isEqualTo("RCPT TO:<jürgen@example.com>");
				assertThat(received.message()).contains("To: Bakkerij De Smet <jürgen@example.com>\r\n");
			});
		}

	}

	@Test
	void logsNeitherLinksNorAddresses() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level before = root.getLevel();
		ListAppender<ILoggingEvent> logged = new ListAppender<>();
		logged.start();
		root.addAppender(logged);
		root.setLevel(Level.TRACE);
		InvitationMail mail = aMailTo("someone-in-particular@example.com");
		String token = GatewayUnderTest.LINKS.linkFor(mail.invitationId(), 1).getPath().substring("/i/".length());
		try {
			send(mail);
			for (At at : List.of(At.MAIL, At.RCPT, At.DATA, At.MESSAGE)) {
				this.relay.says(at, "552 5.3.4 <someone-in-particular@example.com> no");
				failure(mail, MailRejected.class, (ex) -> assertThat(ex.toString()).doesNotContain("particular"));
				this.relay.drops(at);
				this.relay.drops(at);
				failure(mail, MailDeferred.class, (ex) -> assertThat(ex.toString()).doesNotContain("particular"));
			}
		}
		finally {
			root.setLevel(before);
			root.detachAppender(logged);
		}

		assertThat(logged.list).extracting(ILoggingEvent::getFormattedMessage)
			.noneMatch((line) -> line.contains(token) || line.contains("someone-in-particular"));
	}

}
