package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailGateway;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.dispatch.mail.MailRejected;
import com.banqup.invitations.dispatch.mail.RelayBusy;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import com.banqup.invitations.dispatch.mail.content.MailComposer;
import com.banqup.invitations.dispatch.mail.content.MimeMail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;
import reactor.pool.PooledRef;

/**
 * Sends mails by SMTP. A mail is written when it is sent, on the caller's thread. A
 * session that the relay closed while it was kept costs one immediate try on another.
 */
final class SmtpMailGateway implements MailGateway {

	private static final Duration[] BUCKETS = LongStream
		.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 60_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private final MailComposer composer;

	private final RelaySessions sessions;

	private final String sender;

	private final Duration maxWait;

	private final Duration timeLimit;

	private final int concurrency;

	private final Map<Outcome, Timer> timers = new EnumMap<>(Outcome.class);

	/**
	 * Creates it.
	 * @param envelopeFrom where bounces go
	 */
	SmtpMailGateway(MailComposer composer, RelaySessions sessions, String envelopeFrom, MailRelayProperties properties,
			MeterRegistry meters) {
		this.composer = composer;
		this.sessions = sessions;
		this.sender = envelopeFrom;
		this.maxWait = properties.maxWait();
		this.timeLimit = properties.mailTimeLimit();
		this.concurrency = properties.connections();
		for (Outcome outcome : Outcome.values()) {
			this.timers.put(outcome,
					Timer.builder("dispatch.mail.send")
						.description("Writing a mail and handing it to the relay, by outcome")
						.tag("outcome", outcome.tag())
						.serviceLevelObjectives(BUCKETS)
						.register(meters));
		}
	}

	@Override
	public Mono<MailReceipt> send(InvitationMail mail) {
		return Mono.defer(() -> {
			long start = System.nanoTime();
			return attempt(mail).map((reply) -> new MailReceipt(reply.code(), reply.text(), since(start)))
				.doOnSuccess((receipt) -> record(Outcome.SENT, start))
				.doOnError((ex) -> record(Outcome.of(ex), start));
		});
	}

	@Override
	public Duration timeLimit() {
		return this.timeLimit;
	}

	@Override
	public int concurrency() {
		return this.concurrency;
	}

	private Mono<Reply> attempt(InvitationMail mail) {
		return Mono.defer(() -> {
			Recipient recipient = Recipient.of(mail.email());
			MimeMail mime = this.composer.compose(mail);
			long deadline = System.nanoTime() + this.maxWait.toNanos();
			return deliver(recipient, mime, deadline).onErrorResume(SessionLost.class,
					(ex) -> retryIfStale(ex, recipient, mime, deadline));
		});
	}

	/** What the lost session cost is taken from the wait for the other one. */
	private Mono<Reply> retryIfStale(SessionLost lost, Recipient recipient, MimeMail mime, long deadline) {
		if (!lost.isStale() || System.nanoTime() - deadline >= 0) {
			return Mono.error(lost.deferred());
		}
		this.sessions.distrustIdle();
		return deliver(recipient, mime, deadline).onErrorMap(SessionLost.class, SessionLost::deferred);
	}

	private Mono<Reply> deliver(Recipient recipient, MimeMail mime, long deadline) {
		return Mono.usingWhen(this.sessions.acquire(deadline),
				(ref) -> ref.poolable().deliver(this.sender, recipient, mime), SmtpMailGateway::giveBack,
				(ref, ex) -> giveBack(ref), SmtpMailGateway::abandon);
	}

	private static Mono<Void> giveBack(PooledRef<RelaySession> ref) {
		ref.poolable().rest();
		return ref.release();
	}

	/** Cancelled in the middle of a mail. */
	private static Mono<Void> abandon(PooledRef<RelaySession> ref) {
		ref.poolable().abandon();
		return ref.invalidate();
	}

	private void record(Outcome outcome, long start) {
		Timer timer = this.timers.get(outcome);
		if (timer != null) {
			timer.record(since(start));
		}
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private enum Outcome {

		SENT, REJECTED, DEFERRED, UNAVAILABLE, BUSY, FAILED;

		static Outcome of(Throwable ex) {
			return switch (ex) {
				case MailRejected rejected -> REJECTED;
				case MailDeferred deferred -> DEFERRED;
				case RelayUnavailable unavailable -> UNAVAILABLE;
				case RelayBusy busy -> BUSY;
				default -> FAILED;
			};
		}

		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
