package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.util.regex.Pattern;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail relay and how it is used.
 *
 * @param host name or address of the relay; its certificate must be for it
 * @param port its port
 * @param username to log in with; null to send without login
 * @param password to log in with
 * @param startTls when the connection is encrypted
 * @param sslBundle the Spring SSL bundle whose certificates are trusted (and whose key is
 * shown); null for the Java platform's
 * @param loginWithoutTls whether the password may be sent in the clear
 * @param envelopeFrom where bounces go, ASCII; null for {@code dispatch.mail.from}
 * @param heloName how this host introduces itself: its full domain name, unless the relay
 * is on this machine
 * @param connections the most sessions at a time
 * @param warmConnections how many sessions to open at start-up
 * @param maxWaiting the most mails waiting for a session
 * @param maxWait how long a mail waits for a session
 * @param maxMessagesPerSession a session is closed after that many mails
 * @param maxSessionAge a session is closed when it is older
 * @param maxSessionIdle a session is closed when it was not used for that long; keep it
 * shorter than the relay's own limit
 * @param connectTimeout limit from connecting to one of the relay's addresses to its
 * greeting
 * @param sessionTimeout limit until a session can be used: connected, greeted, encrypted
 * and logged in
 * @param readTimeout limit for each reply, and for all replies to a mail's envelope
 * @param messageTimeout limit for the reply to the message. A relay that is given up here
 * may have taken the mail, which then goes out twice: RFC 5321 section 4.5.3.2.6 asks for
 * ten minutes. How long a dead dispatcher's mails wait grows with it
 * @param ioThreads event loops that the sessions share
 */
@Validated
@ConfigurationProperties("dispatch.mail")
public record MailRelayProperties(@NotBlank String host, @DefaultValue("587") @Min(1) @Max(65535) int port,
		@Nullable String username, @Nullable String password, @DefaultValue("required") StartTls startTls,
		@Nullable String sslBundle, @DefaultValue("false") boolean loginWithoutTls, @Nullable String envelopeFrom,
		@DefaultValue("localhost") @NotBlank String heloName, @DefaultValue("312") @Positive int connections,
		@DefaultValue("2") @PositiveOrZero int warmConnections, @DefaultValue("2048") @Positive int maxWaiting,
		@DefaultValue("5s") Duration maxWait, @DefaultValue("500") @Positive int maxMessagesPerSession,
		@DefaultValue("10m") Duration maxSessionAge, @DefaultValue("30s") Duration maxSessionIdle,
		@DefaultValue("8s") Duration connectTimeout, @DefaultValue("12s") Duration sessionTimeout,
		@DefaultValue("15s") Duration readTimeout, @DefaultValue("60s") Duration messageTimeout,
		@DefaultValue("2") @Positive int ioThreads) {

	private static final Pattern ADDRESS = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

	private static final Pattern HELO_NAME = Pattern.compile("[A-Za-z0-9\\[](?:[A-Za-z0-9.:-]{0,252}[A-Za-z0-9\\]])?");

	public MailRelayProperties {
		requirePositive("max-wait", maxWait);
		requirePositive("max-session-age", maxSessionAge);
		requirePositive("max-session-idle", maxSessionIdle);
		requirePositive("connect-timeout", connectTimeout);
		requirePositive("session-timeout", sessionTimeout);
		requirePositive("read-timeout", readTimeout);
		if (messageTimeout.compareTo(readTimeout) < 0) {
			throw new IllegalArgumentException(
					"dispatch.mail.message-timeout: %s (expected: no less than read-timeout, %s)"
						.formatted(messageTimeout, readTimeout));
		}
		if (username != null && (password == null || password.isEmpty())) {
			throw new IllegalArgumentException("dispatch.mail.password: missing (expected: with a username)");
		}
		if (username == null && password != null) {
			throw new IllegalArgumentException("dispatch.mail.username: missing (expected: with a password)");
		}
		if (envelopeFrom != null && !ADDRESS.matcher(envelopeFrom).matches()) {
			throw new IllegalArgumentException(
					"dispatch.mail.envelope-from: %s (expected: an ASCII mail address)".formatted(envelopeFrom));
		}
		if (!HELO_NAME.matcher(heloName).matches()) {
			throw new IllegalArgumentException(
					"dispatch.mail.helo-name: %s (expected: a domain or an address in brackets)".formatted(heloName));
		}
		if (warmConnections > connections) {
			throw new IllegalArgumentException("dispatch.mail.warm-connections: %d (expected: at most %d connections)"
				.formatted(warmConnections, connections));
		}
	}

	/**
	 * The longest that a mail can take: the wait for a session, a new session, the
	 * envelope, the message. A kept session that turned out to be dead costs a part of
	 * the wait.
	 */
	Duration mailTimeLimit() {
		return this.maxWait.plus(this.sessionTimeout).plus(this.readTimeout).plus(this.messageTimeout);
	}

	/** Without the password. */
	@Override
	public String toString() {
		return "MailRelayProperties[host=%s, port=%d, startTls=%s, login=%s, connections=%d]".formatted(this.host,
				this.port, this.startTls, this.username != null, this.connections);
	}

	private static void requirePositive(String property, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(
					"dispatch.mail.%s: %s (expected: more than nothing)".formatted(property, value));
		}
	}

	/** When the connection to the relay is encrypted. */
	public enum StartTls {

		/** In the clear. */
		NEVER,

		/** If the relay says it can; in the clear otherwise. */
		WHEN_OFFERED,

		/** Always: a relay that cannot is not used. */
		REQUIRED

	}

}
