package com.banqup.invitations.dispatch.mail.smtp;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import com.banqup.invitations.dispatch.mail.smtp.MailRelayProperties.StartTls;
import com.hubspot.smtp.client.EhloResponse;
import com.hubspot.smtp.client.Extension;
import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.client.SmtpSessionConfig;
import com.hubspot.smtp.client.SmtpSessionFactory;
import com.hubspot.smtp.client.SmtpSessionFactoryConfig;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.smtp.SmtpRequests;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Opens sessions with the relay: connects, reads the greeting, says EHLO, encrypts and
 * logs in as configured. Until all that is done nothing was said about any mail, so every
 * failure is about the relay.
 */
final class RelayConnector {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

	private final Set<SmtpSession> open = ConcurrentHashMap.newKeySet();

	/** Those that the relay let in. */
	private final Set<SmtpSession> admitted = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connecting = new AtomicInteger();

	private final MailRelayProperties properties;

	private final @Nullable SslContext tls;

	private final LoopResources eventLoops;

	private final SmtpSessionFactory sessions;

	/**
	 * Creates it, with event loops that {@link #close()} ends.
	 * @param tls what is trusted; null when {@code dispatch.mail.start-tls} is never
	 */
	RelayConnector(MailRelayProperties properties, @Nullable SslContext tls) {
		this.properties = properties;
		this.tls = tls;
		this.eventLoops = LoopResources.create("mail-relay", properties.ioThreads(), true);
		EventLoopGroup group = this.eventLoops.onClient(LoopResources.DEFAULT_NATIVE);
		this.sessions = new SmtpSessionFactory(SmtpSessionFactoryConfig.builder()
			.eventLoopGroup(group)
			.executor(SmtpSessionFactoryConfig.DIRECT_EXECUTOR)
			.channelClass(this.eventLoops.onChannelClass(SocketChannel.class, group))
			.sslEngineSupplier(this::newEngine)
			.build());
	}

	/**
	 * A new session, within the limit for sessions. Errors are {@link RelayUnavailable}
	 * and {@link NotAdmitted}.
	 */
	Mono<RelaySession> connect() {
		return Mono.using(this.connecting::incrementAndGet, (count) -> connectInTime(),
				(count) -> this.connecting.decrementAndGet(), true);
	}

	private Mono<RelaySession> connectInTime() {
		return Mono.fromCallable(() -> InetAddress.getAllByName(this.properties.host()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap(this::connectToAny)
			.timeout(this.properties.sessionTimeout(),
					Mono.error(() -> new RelayUnavailable("session-timeout", "no session in time")))
			.onErrorMap((ex) -> !(ex instanceof RelayUnavailable || ex instanceof NotAdmitted),
					(ex) -> unavailable("connect", ex));
	}

	/** How many sessions are being opened. */
	int connecting() {
		return this.connecting.get();
	}

	/** How many sessions the relay has let in. */
	int admitted() {
		return this.admitted.size();
	}

	/**
	 * Ends the event loops once all sessions have said goodbye, or were given the time.
	 */
	Mono<Void> close() {
		return Flux.fromIterable(this.open)
			.flatMap((session) -> Mono.fromFuture(session::getCloseFuture, true).onErrorComplete(),
					this.properties.connections())
			.then()
			.timeout(RelaySession.GOODBYE_TIMEOUT)
			.onErrorComplete()
			.then(Mono.defer(() -> Mono.fromFuture(this.sessions.closeAsync())))
			.then(Mono.defer(() -> this.eventLoops.disposeLater(Duration.ZERO, STOP_TIMEOUT)));
	}

	/** The relay's addresses one after the other until one answers. */
	private Mono<RelaySession> connectToAny(InetAddress[] addresses) {
		List<Mono<RelaySession>> attempts = Arrays.stream(addresses)
			.map((address) -> connectTo(new InetSocketAddress(address, this.properties.port())))
			.toList();
		Mono<RelaySession> any = attempts.getFirst();
		for (Mono<RelaySession> next : attempts.subList(1, attempts.size())) {
			any = any.onErrorResume((ex) -> next);
		}
		return any;
	}

	private Mono<RelaySession> connectTo(InetSocketAddress address) {
		return Mono.defer(() -> {
			ReplyLog replies = new ReplyLog();
			SmtpSessionConfig config = SmtpSessionConfig.builder()
				.remoteAddress(address)
				.initialResponseTimeout(this.properties.connectTimeout())
				// The longest; others are timed apart.
				.readTimeout(this.properties.messageTimeout())
				.disabledExtensions(EnumSet.of(Extension.CHUNKING))
				.exceptionHandler((ex) -> {
				})
				.connectionId("mail-relay")
				.addFirstCustomHandlers(replies)
				.build();
			CompletableFuture<SmtpClientResponse> connecting = this.sessions.connect(config);
			return Mono.fromFuture(connecting.copy())
				.doOnCancel(() -> connecting.thenAccept((late) -> late.getSession().close()))
				.onErrorMap((ex) -> new NotAdmitted(unavailable("connect", ex)))
				.flatMap((greeting) -> establish(greeting, replies));
		});
	}

	private Mono<RelaySession> establish(SmtpClientResponse greeting, ReplyLog replies) {
		SmtpSession smtp = greeting.getSession();
		track(this.open, smtp);
		return expect("greeting", Mono.just(greeting)).onErrorMap(RelayUnavailable.class, NotAdmitted::new)
			.then(Mono.fromRunnable(() -> track(this.admitted, smtp)))
			.then(ask("ehlo", replies, () -> ehlo(smtp)))
			.then(Mono.defer(() -> encrypt(smtp, replies)))
			.then(Mono.defer(() -> logIn(smtp, replies)))
			.then(Mono.fromCallable(() -> new RelaySession(smtp, replies, this.properties)))
			.doOnError((ex) -> smtp.close())
			.doOnCancel(smtp::close);
	}

	private static void track(Set<SmtpSession> sessions, SmtpSession smtp) {
		sessions.add(smtp);
		smtp.getCloseFuture().whenComplete((closed, ex) -> sessions.remove(smtp));
	}

	private CompletableFuture<SmtpClientResponse> ehlo(SmtpSession smtp) {
		return smtp.send(SmtpRequests.ehlo(this.properties.heloName()));
	}

	private Mono<Void> encrypt(SmtpSession smtp, ReplyLog replies) {
		if (this.properties.startTls() == StartTls.NEVER) {
			return Mono.empty();
		}
		if (!smtp.getEhloResponse().isSupported(Extension.STARTTLS)) {
			return (this.properties.startTls() == StartTls.WHEN_OFFERED) ? Mono.empty()
					: Mono.error(new RelayUnavailable("tls-not-offered", "the relay offers no STARTTLS"));
		}
		int before = replies.count();
		return ask("tls", replies, smtp::startTls)
			.then(Mono.fromRunnable(() -> requireNothingSlippedIn(replies, before)));
	}

	/**
	 * What came in the clear along with the reply to STARTTLS is not the relay's word
	 * (CVE-2021-38371 and its kin): there must be that reply and the one to EHLO.
	 */
	private static void requireNothingSlippedIn(ReplyLog replies, int before) {
		if (replies.count() != before + 2) {
			throw new RelayUnavailable("tls-failed", "unencrypted replies after STARTTLS");
		}
	}

	private Mono<Void> logIn(SmtpSession smtp, ReplyLog replies) {
		String username = this.properties.username();
		String password = this.properties.password();
		if (username == null || password == null) {
			return Mono.empty();
		}
		if (!smtp.isEncrypted() && !this.properties.loginWithoutTls()) {
			return Mono.error(new RelayUnavailable("login-needs-tls", "the connection is not encrypted"));
		}
		EhloResponse relay = smtp.getEhloResponse();
		if (relay.isAuthPlainSupported()) {
			return ask("login", replies, () -> smtp.authPlain(username, password));
		}
		if (relay.isAuthLoginSupported()) {
			return ask("login", replies, () -> smtp.authLogin(username, password));
		}
		return Mono.error(new RelayUnavailable("login-not-offered", "the relay offers neither PLAIN nor LOGIN"));
	}

	private Mono<Void> ask(String step, ReplyLog replies, Supplier<CompletableFuture<SmtpClientResponse>> request) {
		return expect(step,
				Mono.fromFuture(() -> replies.failWhenClosed(request)).timeout(this.properties.readTimeout()));
	}

	private static Mono<Void> expect(String step, Mono<SmtpClientResponse> response) {
		return response.map((answer) -> Reply.of(answer.getResponses().getFirst()))
			.onErrorMap((ex) -> unavailable(step, ex))
			.doOnNext((reply) -> requirePositive(step, reply))
			.then();
	}

	private static void requirePositive(String step, Reply reply) {
		if (!reply.isPositive()) {
			throw new RelayUnavailable(step + "-refused", reply.code() + " " + reply.text());
		}
	}

	/** The texts of these exceptions may repeat commands: they are not passed on. */
	private static RelayUnavailable unavailable(String step, Throwable thrown) {
		for (Throwable ex = thrown; ex != null; ex = ex.getCause()) {
			switch (ex) {
				case UnknownHostException found -> {
					return new RelayUnavailable("host-unknown", "the relay's name has no address");
				}
				case ConnectTimeoutException found -> {
					return new RelayUnavailable("connect-timeout", "no connection in time");
				}
				case NoRouteToHostException found -> {
					return new RelayUnavailable("no-route", "no route to the relay");
				}
				case ConnectException found -> {
					return new RelayUnavailable("connection-refused", "nobody listens at the relay's port");
				}
				case SSLException found -> {
					return new RelayUnavailable("tls-failed", String.valueOf(found.getMessage()));
				}
				case TimeoutException found -> {
					return new RelayUnavailable(step + "-timeout", "no reply in time");
				}
				case DecoderException found when !(found.getCause() instanceof SSLException) -> {
					return new RelayUnavailable(step + "-failed", "the relay does not speak SMTP");
				}
				default -> {
				}
			}
		}
		return new RelayUnavailable(step.equals("tls") ? "tls-failed" : step + "-failed", "connection lost");
	}

	private SSLEngine newEngine() {
		if (this.tls == null) {
			throw new IllegalStateException("no TLS settings");
		}
		SSLEngine engine = this.tls.newEngine(PooledByteBufAllocator.DEFAULT, this.properties.host(),
				this.properties.port());
		SSLParameters parameters = engine.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		engine.setSSLParameters(parameters);
		return engine;
	}

}
