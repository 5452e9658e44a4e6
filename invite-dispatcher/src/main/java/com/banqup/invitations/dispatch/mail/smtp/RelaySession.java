package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailRejected;
import com.banqup.invitations.dispatch.mail.content.MimeMail;
import com.hubspot.smtp.client.EhloResponse;
import com.hubspot.smtp.client.Extension;
import com.hubspot.smtp.client.SmtpClientResponse;
import com.hubspot.smtp.client.SmtpSession;
import com.hubspot.smtp.messages.MessageContent;
import com.hubspot.smtp.messages.MessageContentEncoding;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.smtp.SmtpRequest;
import io.netty.handler.codec.smtp.SmtpRequests;
import reactor.core.publisher.Mono;

/**
 * An established session with the relay: greeted, encrypted and logged in as configured.
 * Sends one mail at a time. A session that broke, timed out or was left in the middle of
 * a mail is not {@link #isUsable() usable} any more.
 */
final class RelaySession {

	static final Duration GOODBYE_TIMEOUT = Duration.ofSeconds(2);

	private final SmtpSession smtp;

	private final ReplyLog replies;

	private final int maxMessages;

	private final Duration readTimeout;

	private final Duration messageTimeout;

	private volatile int messages;

	private volatile long lastUsedAt = System.nanoTime();

	/** Waited among the idle ones before: the relay may have closed it since. */
	private volatile boolean idled;

	/** Whether that was so when the current mail got it. */
	private volatile boolean kept;

	private volatile boolean broken;

	/** The last mail was refused half-way: the relay must forget it first. */
	private volatile boolean halfWay;

	RelaySession(SmtpSession smtp, ReplyLog replies, MailRelayProperties properties) {
		this.smtp = smtp;
		this.replies = replies;
		this.maxMessages = properties.maxMessagesPerSession();
		this.readTimeout = properties.readTimeout();
		this.messageTimeout = properties.messageTimeout();
	}

	boolean isUsable() {
		return !this.broken && !this.replies.isClosed() && this.messages < this.maxMessages;
	}

	/** When it was last of use, by {@link System#nanoTime()}. */
	long lastUsedAt() {
		return this.lastUsedAt;
	}

	/** Called when the session goes back among the idle ones. */
	void rest() {
		this.idled = true;
		this.lastUsedAt = System.nanoTime();
	}

	/** Gives up on a session that is in an unknown state. */
	void abandon() {
		this.broken = true;
	}

	/** Says goodbye if anybody listens, and closes. */
	void close() {
		if (this.broken || this.replies.isClosed()) {
			this.smtp.close();
			return;
		}
		this.broken = true;
		try {
			this.replies.failWhenClosed(() -> this.smtp.send(SmtpRequests.quit()))
				.orTimeout(GOODBYE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
				.whenComplete((reply, ex) -> this.smtp.close());
		}
		catch (IllegalStateException ex) {
			this.smtp.close();
		}
	}

	/**
	 * Sends one mail.
	 * @return the relay's reply to the message; errors are {@link MailRejected},
	 * {@link MailDeferred}, {@code RelayUnavailable} and {@link SessionLost}
	 */
	Mono<Reply> deliver(String sender, Recipient recipient, MimeMail mail) {
		this.kept = this.idled;
		EhloResponse relay = this.smtp.getEhloResponse();
		if (mail.internationalized() && !relay.isSupported(Extension.SMTPUTF8)) {
			return Mono
				.error(new MailRejected("address-needs-smtputf8", null, null, "the relay takes ASCII addresses only"));
		}
		if (relay.getMaxMessageSize().filter((max) -> max < mail.length()).isPresent()) {
			return Mono.error(new MailRejected("message-too-large", null, null, "the relay takes smaller mails only"));
		}
		List<SmtpRequest> envelope = envelope(sender, recipient, mail, relay);
		Mono<Void> opened = relay.isSupported(Extension.PIPELINING) ? pipeline(envelope) : oneByOne(envelope);
		return opened.timeout(this.readTimeout)
			.onErrorMap(TimeoutException.class, (ex) -> failure(Stage.MAIL, ex))
			.then(Mono.defer(() -> transmit(mail)));
	}

	private static List<SmtpRequest> envelope(String sender, Recipient recipient, MimeMail mail, EhloResponse relay) {
		List<CharSequence> parameters = new ArrayList<>(3);
		if (relay.isSupported(Extension.SIZE)) {
			parameters.add("SIZE=" + mail.length());
		}
		if (mail.internationalized()) {
			parameters.add("BODY=8BITMIME");
			parameters.add("SMTPUTF8");
		}
		return List.of(SmtpRequests.mail(sender, parameters.toArray(CharSequence[]::new)),
				SmtpRequests.rcpt(recipient.address()), SmtpRequests.data());
	}

	/** All commands in one go (RFC 2920). */
	private Mono<Void> pipeline(List<SmtpRequest> envelope) {
		List<SmtpRequest> requests = new ArrayList<>(4);
		boolean reset = this.halfWay;
		if (reset) {
			requests.add(SmtpRequests.rset());
		}
		requests.addAll(envelope);
		return exchange(Stage.MAIL, () -> this.smtp.sendPipelined(requests.toArray(SmtpRequest[]::new)))
			.map((replies) -> reset ? replies.subList(1, replies.size()) : replies)
			.doOnNext(this::judge)
			.then();
	}

	private Mono<Void> oneByOne(List<SmtpRequest> envelope) {
		Mono<Void> start = this.halfWay ? exchange(Stage.MAIL, () -> this.smtp.send(SmtpRequests.rset())).then()
				: Mono.empty();
		return start.then(step(Stage.MAIL, envelope.get(0)))
			.then(step(Stage.RCPT, envelope.get(1)))
			.then(step(Stage.DATA, envelope.get(2)));
	}

	private Mono<Void> step(Stage stage, SmtpRequest request) {
		return Mono.defer(() -> exchange(stage, () -> this.smtp.send(request)))
			.doOnNext((replies) -> judge(stage, replies.getFirst()))
			.then();
	}

	/** The first refusal counts: the later ones only follow from it. */
	private void judge(List<Reply> replies) {
		Stage[] stages = { Stage.MAIL, Stage.RCPT, Stage.DATA };
		boolean waitsForMessage = replies.getLast().isGoAhead();
		for (int i = 0; i < stages.length; i++) {
			if (i < 2 && !replies.get(i).isPositive() && waitsForMessage) {
				this.broken = true;
			}
			judge(stages[i], replies.get(i));
		}
	}

	private void judge(Stage stage, Reply reply) {
		boolean accepted = (stage == Stage.DATA) ? reply.isGoAhead() : reply.isPositive();
		if (accepted) {
			this.halfWay = true;
			return;
		}
		if (reply.isGoodbye()) {
			this.broken = true;
			throw lost(Verdict.of(stage, reply));
		}
		throw Verdict.of(stage, reply);
	}

	private Mono<Reply> transmit(MimeMail mail) {
		MessageContent content = MessageContent.of(Unpooled.wrappedBuffer(mail.bytes(), 0, mail.length()),
				mail.internationalized() ? MessageContentEncoding.EIGHT_BIT : MessageContentEncoding.SEVEN_BIT);
		return exchange(Stage.MESSAGE, () -> this.smtp.send(content)).map((replies) -> {
			Reply reply = replies.getFirst();
			this.messages++;
			this.halfWay = false;
			if (!reply.isPositive()) {
				this.broken = reply.isGoodbye();
				throw Verdict.of(Stage.MESSAGE, reply);
			}
			return reply;
		});
	}

	/** Sends and waits; whatever breaks on the way becomes one of our failures. */
	private Mono<List<Reply>> exchange(Stage stage, Supplier<CompletableFuture<SmtpClientResponse>> send) {
		return Mono.fromFuture(() -> this.replies.failWhenClosed(send))
			.timeout((stage == Stage.MESSAGE) ? this.messageTimeout : this.readTimeout)
			.map((response) -> response.getResponses().stream().map(Reply::of).toList())
			.onErrorMap((ex) -> failure(stage, ex));
	}

	private RuntimeException failure(Stage stage, Throwable thrown) {
		this.broken = true;
		Throwable ex = (thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause()
				: thrown;
		Reply goodbye = this.replies.goodbye();
		if (stage == Stage.MESSAGE) {
			return (goodbye != null) ? Verdict.of(stage, goodbye)
					: new MailDeferred(MailDeferred.MAYBE_DELIVERED, null, null, cause(ex));
		}
		if (ex instanceof TimeoutException) {
			return new MailDeferred("timeout", null, null, "no reply in time");
		}
		return lost((goodbye != null) ? Verdict.of(stage, goodbye)
				: new MailDeferred("connection-lost", null, null, "connection lost"));
	}

	private RuntimeException lost(RuntimeException verdict) {
		return (verdict instanceof MailDeferred deferred) ? new SessionLost(deferred, this.kept) : verdict;
	}

	/** Messages of these exceptions repeat commands, and so addresses. */
	private static String cause(Throwable ex) {
		return (ex instanceof TimeoutException) ? "no reply in time" : "connection lost";
	}

}
