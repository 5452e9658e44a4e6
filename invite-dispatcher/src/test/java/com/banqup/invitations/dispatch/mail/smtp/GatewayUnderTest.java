package com.banqup.invitations.dispatch.mail.smtp;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.dispatch.mail.InvitationLinks;
import com.banqup.invitations.dispatch.mail.InvitationLinksProperties;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.mail.MailGateway;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.dispatch.mail.content.MailComposer;
import com.banqup.invitations.dispatch.mail.content.MailContentProperties;
import com.banqup.invitations.dispatch.mail.smtp.MailRelayProperties.StartTls;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A gateway with all that belongs to it, and settings that tests change. */
final class GatewayUnderTest implements MailGateway, AutoCloseable {

	static final InvitationLinks LINKS = new InvitationLinks(new InvitationLinksProperties(
			URI.create("https://invite.example"), 1, Map.of(1, Base64.getEncoder().encodeToString(new byte[32]))));

	static final MailComposer COMPOSER = new MailComposer(
			new MailContentProperties("invitations@banqup.example", null, null, ZoneId.of("Europe/Brussels")), LINKS,
			InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z")));

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	String host = "localhost";

	int port;

	@Nullable String username;

	@Nullable String password;

	StartTls startTls = StartTls.NEVER;

	@Nullable SslContext trust;

	boolean loginWithoutTls;

	int connections = 1;

	int warmConnections;

	int maxWaiting = 100;

	Duration maxWait = Duration.ofSeconds(5);

	int maxMessagesPerSession = 100;

	Duration maxSessionAge = Duration.ofMinutes(1);

	Duration maxSessionIdle = Duration.ofMinutes(1);

	Duration connectTimeout = Duration.ofSeconds(5);

	Duration sessionTimeout = Duration.ofSeconds(10);

	Duration readTimeout = Duration.ofSeconds(5);

	Duration messageTimeout = Duration.ofSeconds(5);

	private @Nullable RelaySessions sessions;

	private @Nullable SmtpMailGateway gateway;

	GatewayUnderTest(int port) {
		this.port = port;
	}

	static InvitationMail aMail() {
		return aMailTo("jan@example.com");
	}

	static InvitationMail aMailTo(String email) {
		return new InvitationMail(UUID.randomUUID(), 1, "Peeters & Partners", "Bakkerij De Smet", email,
				InviteeLanguage.DUTCH, "Beste Jan,\n\n. punt\n..\n\nTot snel", List.of(Permission.VIEW_DOCUMENTS),
				Instant.parse("2026-12-24T13:03:00Z"));
	}

	@Override
	public Mono<MailReceipt> send(InvitationMail mail) {
		return open().send(mail);
	}

	@Override
	public Duration timeLimit() {
		return open().timeLimit();
	}

	@Override
	public int concurrency() {
		return open().concurrency();
	}

	RelaySessions sessions() {
		open();
		return Objects.requireNonNull(this.sessions);
	}

	double gauge(String state) {
		return this.meters.get("dispatch.mail.sessions").tag("state", state).gauge().value();
	}

	double count(String name) {
		return this.meters.get(name).counter().count();
	}

	long timed(String outcome) {
		return this.meters.get("dispatch.mail.send").tag("outcome", outcome).timer().count();
	}

	private synchronized MailGateway open() {
		SmtpMailGateway opened = this.gateway;
		if (opened == null) {
			MailRelayProperties properties = new MailRelayProperties(this.host, this.port, this.username, this.password,
					this.startTls, null, this.loginWithoutTls, null, "dispatcher.example", this.connections,
					this.warmConnections, this.maxWaiting, this.maxWait, this.maxMessagesPerSession, this.maxSessionAge,
					this.maxSessionIdle, this.connectTimeout, this.sessionTimeout, this.readTimeout,
					this.messageTimeout, 1);
			RelaySessions pool = new RelaySessions(new RelayConnector(properties, this.trust), properties, this.meters);
			opened = new SmtpMailGateway(COMPOSER, pool, "bounces@banqup.example", properties, this.meters);
			this.sessions = pool;
			this.gateway = opened;
		}
		return opened;
	}

	@Override
	public void close() {
		if (this.sessions != null) {
			this.sessions.stop();
		}
	}

}
