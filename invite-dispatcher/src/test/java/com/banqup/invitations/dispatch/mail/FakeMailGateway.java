package com.banqup.invitations.dispatch.mail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A relay in memory that does what it is told. */
public final class FakeMailGateway implements MailGateway {

	private final List<InvitationMail> sent = new CopyOnWriteArrayList<>();

	private final Map<String, Supplier<RuntimeException>> failures = new ConcurrentHashMap<>();

	private final AtomicInteger attempts = new AtomicInteger();

	private final AtomicInteger underWay = new AtomicInteger();

	private volatile boolean busy;

	private volatile @Nullable String outage;

	private volatile Sinks.@Nullable Empty<Void> gate;

	private volatile Predicate<String> held = (email) -> true;

	private volatile @Nullable String nextOutage;

	private int takesLeft;

	private volatile Duration latency = Duration.ZERO;

	@Override
	public Mono<MailReceipt> send(InvitationMail mail) {
		return Mono.defer(() -> {
			this.attempts.incrementAndGet();
			this.underWay.incrementAndGet();
			return answer(mail).then(Mono.fromCallable(() -> take(mail)));
		}).doFinally((signal) -> this.underWay.decrementAndGet());
	}

	@Override
	public Duration timeLimit() {
		return Duration.ofMillis(100);
	}

	@Override
	public int concurrency() {
		return 1000;
	}

	private Mono<Void> answer(InvitationMail mail) {
		Sinks.Empty<Void> closed = this.gate;
		if (closed != null && this.held.test(mail.email())) {
			return closed.asMono();
		}
		return this.latency.isZero() ? Mono.empty() : Mono.delay(this.latency).then();
	}

	private synchronized MailReceipt take(InvitationMail mail) {
		if (this.busy) {
			throw new RelayBusy();
		}
		String reason = this.outage;
		if (reason != null) {
			throw new RelayUnavailable(reason, "told so");
		}
		Supplier<RuntimeException> failure = this.failures.get(mail.email());
		if (failure != null) {
			throw failure.get();
		}
		if (this.nextOutage != null && this.takesLeft-- == 0) {
			this.outage = this.nextOutage;
			this.nextOutage = null;
			return take(mail);
		}
		this.sent.add(mail);
		return new MailReceipt(250, "2.0.0 Ok: queued", Duration.ofMillis(1));
	}

	/** Takes no mail from now on. */
	public void goDown(String reasonCode) {
		this.outage = reasonCode;
	}

	/** Takes this many mails and then no more. */
	public void goDownAfter(int mails, String reasonCode) {
		this.takesLeft = mails;
		this.nextOutage = reasonCode;
	}

	/** Has no session to spare from now on. */
	public void beBusy() {
		this.busy = true;
	}

	/** Takes mail again. */
	public void comeBack() {
		this.busy = false;
		this.outage = null;
	}

	/** Refuses mail to this address for good. */
	public void willReject(String email) {
		this.failures.put(email, () -> new MailRejected("mailbox-unknown", 550, "5.1.1", "5.1.1 no such user"));
	}

	/** Refuses mail to this address for now. */
	public void willDefer(String email) {
		this.failures.put(email, () -> new MailDeferred("mailbox-busy", 450, "4.2.1", "4.2.1 try again later"));
	}

	/** Refuses the next mail to this address for now, and takes those after it. */
	public void willDeferOnce(String email) {
		this.failures.put(email, () -> {
			willTake(email);
			return new MailDeferred("mailbox-busy", 450, "4.2.1", "4.2.1 try again later");
		});
	}

	/** Fails in a way that nobody expects. */
	public void willBreak(String email) {
		this.failures.put(email, () -> new IllegalArgumentException("cannot render"));
	}

	/** Takes mail to this address again. */
	public void willTake(String email) {
		this.failures.remove(email);
	}

	/** Lets every mail wait for its answer. */
	public void hold() {
		this.gate = Sinks.empty();
	}

	/** Lets mails to this address wait for their answer. */
	public void holdFor(String email) {
		this.held = email::equals;
		hold();
	}

	/** Lets mails to all addresses but this one wait for their answer. */
	public void holdAllBut(String email) {
		this.held = (other) -> !other.equals(email);
		hold();
	}

	/** Answers all that wait. */
	public void release() {
		Sinks.Empty<Void> closed = this.gate;
		this.gate = null;
		this.held = (email) -> true;
		if (closed != null) {
			closed.tryEmitEmpty();
		}
	}

	/** Takes this long to answer. */
	public void answerAfter(Duration latency) {
		this.latency = latency;
	}

	/** The mails that were taken, in order. */
	public List<InvitationMail> sent() {
		return this.sent;
	}

	/** How often somebody tried. */
	public int attempts() {
		return this.attempts.get();
	}

	/** How many wait for their answer now. */
	public int underWay() {
		return this.underWay.get();
	}

}
