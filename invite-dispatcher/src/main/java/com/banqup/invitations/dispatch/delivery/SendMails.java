package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailGateway;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.dispatch.mail.MailRejected;
import com.banqup.invitations.dispatch.mail.RelayBusy;
import com.banqup.invitations.dispatch.mail.RelayUnavailable;
import com.banqup.invitations.dispatch.relay.RelayState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Attempts mails and finds out what became of each. Never errors because of a mail or the
 * relay: every delivery gets an attempt, be it one that was not made.
 */
final class SendMails {

	private static final Logger log = LoggerFactory.getLogger(SendMails.class);

	private final MailGateway gateway;

	private final RelayState relay;

	private final RetrySchedule schedule;

	private final InstantSource clock;

	private final Duration mailTimeout;

	SendMails(MailGateway gateway, RelayState relay, RetrySchedule schedule, InstantSource clock,
			Duration mailTimeout) {
		this.gateway = gateway;
		this.relay = relay;
		this.schedule = schedule;
		this.clock = clock;
		this.mailTimeout = mailTimeout;
		if (mailTimeout.compareTo(gateway.timeLimit()) <= 0) {
			throw new IllegalArgumentException(
					"dispatch.delivery.mail-timeout: %s (expected: more than %s, the mail gateway's own limit)"
						.formatted(mailTimeout, gateway.timeLimit()));
		}
	}

	/** Whether one mail should go ahead of the others, for the relay was out of order. */
	boolean areAtRisk() {
		return this.relay.outage().isPresent();
	}

	/** Attempts a mail, when it may be started. */
	Mono<Attempt> send(Delivery delivery, MailRun run) {
		return Mono.defer(() -> {
			if (!run.isCautious()) {
				return attempt(delivery, run);
			}
			return run.isScout() ? attempt(delivery, run).doFinally((signal) -> run.scoutIsBack())
					: run.scout().then(attempt(delivery, run));
		});
	}

	private Mono<Attempt> attempt(Delivery delivery, MailRun run) {
		return Mono.defer(() -> run.mayStart() ? attempt(delivery, run, this.clock.instant())
				: Mono.just(new Attempt.NotMade(delivery)));
	}

	private Mono<Attempt> attempt(Delivery delivery, MailRun run, Instant start) {
		return Mono.defer(() -> this.gateway.send(delivery.request().toMail()))
			.timeout(this.mailTimeout, Mono.error(SendMails::timedOut))
			.map((receipt) -> sent(delivery, receipt))
			.onErrorResume(MailRejected.class, (ex) -> Mono.just(rejected(delivery, start, ex)))
			.onErrorResume(MailDeferred.class, (ex) -> Mono.just(deferred(delivery, start, ex)))
			.onErrorResume(RelayUnavailable.class, (ex) -> Mono.just(notMade(delivery, run, ex)))
			.onErrorResume(RelayBusy.class, (ex) -> Mono.just(notMade(delivery, run)))
			.onErrorResume((ex) -> Mono.just(failed(delivery, start, ex)));
	}

	private static MailDeferred timedOut() {
		return new MailDeferred(MailDeferred.MAYBE_DELIVERED, null, null, "no answer from the mail gateway");
	}

	private Attempt sent(Delivery delivery, MailReceipt receipt) {
		this.relay.answered();
		return new Attempt.Sent(delivery, this.clock.instant(), receipt);
	}

	private Attempt rejected(Delivery delivery, Instant start, MailRejected ex) {
		if (ex.replyCode() != null) {
			this.relay.answered();
		}
		Instant now = this.clock.instant();
		return new Attempt.Rejected(delivery, now, new Attempt.Failure(ex.reasonCode(), ex.replyCode(),
				ex.enhancedStatus(), ex.text(), Duration.between(start, now)), ex.reasonCode());
	}

	private Attempt deferred(Delivery delivery, Instant start, MailDeferred ex) {
		if (ex.replyCode() != null) {
			this.relay.answered();
		}
		Instant now = this.clock.instant();
		return retryOrGiveUp(delivery, now, new Attempt.Failure(ex.reasonCode(), ex.replyCode(), ex.enhancedStatus(),
				ex.text(), Duration.between(start, now)));
	}

	private Attempt notMade(Delivery delivery, MailRun run, RelayUnavailable ex) {
		this.relay.unavailable(ex.reasonCode());
		run.end(Hindrance.relay(ex.reasonCode()));
		return new Attempt.NotMade(delivery);
	}

	private static Attempt notMade(Delivery delivery, MailRun run) {
		run.end(Hindrance.RELAY_BUSY);
		return new Attempt.NotMade(delivery);
	}

	/** A mistake of ours with this mail must not hold up the others for ever. */
	private Attempt failed(Delivery delivery, Instant start, Throwable ex) {
		log.error("{}: attempt failed unexpectedly", delivery.id(), ex);
		Instant now = this.clock.instant();
		return retryOrGiveUp(delivery, now, new Attempt.Failure("internal-error", null, null, ex.getClass().getName(),
				Duration.between(start, now)));
	}

	private Attempt retryOrGiveUp(Delivery delivery, Instant now, Attempt.Failure failure) {
		return this.schedule.nextAttempt(delivery.attempts() + 1, now)
			.<Attempt>map((next) -> new Attempt.Deferred(delivery, now, failure, next))
			.orElseGet(() -> new Attempt.Rejected(delivery, now, failure, Attempt.Rejected.ATTEMPTS_EXHAUSTED));
	}

}
