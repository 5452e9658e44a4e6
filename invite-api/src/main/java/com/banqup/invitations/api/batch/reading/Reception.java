package com.banqup.invitations.api.batch.reading;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Receives what is uploaded: takes the bytes out of the buffers and gives these back at
 * once, whatever becomes of the upload. Errors with {@link UploadTooLarge} beyond the
 * size, with {@link UploadTimedOut} when the sender is waited for too long or is not done
 * in time, and with {@link UploadBroken} when the connection fails. Reactor's own timeout
 * also counts the time in which nobody asks for more: a slow database is not a slow
 * sender.
 */
final class Reception implements CoreSubscriber<DataBuffer>, Subscription {

	/** The turn after the last. */
	private static final long OVER = Long.MIN_VALUE;

	private final CoreSubscriber<? super byte[]> actual;

	private final long maxSize;

	private final Duration idleTimeout;

	private final long minRate;

	private final Duration longest;

	private final Scheduler scheduler = Schedulers.parallel();

	private final AtomicLong requested = new AtomicLong();

	/** Counts the buffers; whoever moves it on decides what happens next. */
	private final AtomicLong turn = new AtomicLong();

	private final Disposable.Swap timer = Disposables.swap();

	private Subscription upstream = Operators.emptySubscription();

	private long size;

	/** When it has to be over, in nanoseconds. */
	private long deadline;

	/** Since when the sender is waited for, in nanoseconds. */
	private long waitingSince;

	/** How long it was waited for before, in nanoseconds. */
	private long waited;

	private Reception(CoreSubscriber<? super byte[]> actual, UploadProperties properties, long maxSize) {
		this.actual = actual;
		this.maxSize = maxSize;
		this.idleTimeout = properties.idleTimeout();
		this.minRate = properties.minRate().toBytes();
		this.longest = properties.longest();
	}

	/** The bytes of the body, of which there may be so many. */
	static Flux<byte[]> of(Publisher<DataBuffer> body, UploadProperties properties, long maxSize) {
		return Flux
			.from(Operators.<DataBuffer, byte[]>lift((scannable, actual) -> new Reception(actual, properties, maxSize))
				.apply(body));
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		this.deadline = now() + this.longest.toNanos();
		this.actual.onSubscribe(this);
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			if (this.requested.getAndAccumulate(count, Operators::addCap) == 0) {
				waitForSender();
			}
			this.upstream.request(count);
		}
	}

	@Override
	public void onNext(DataBuffer buffer) {
		byte[] bytes = take(buffer);
		long now = this.turn.get();
		if (now == OVER || !this.turn.compareAndSet(now, now + 1)) {
			return;
		}
		this.timer.update(Disposables.disposed());
		this.waited += now() - this.waitingSince;
		this.size += bytes.length;
		if (this.size > this.maxSize) {
			refuse(new UploadTooLarge(this.maxSize));
		}
		else if (isOverdue()) {
			refuse(overdue());
		}
		else if (isTooSlow()) {
			refuse(new UploadTimedOut("less than " + this.minRate + " bytes a second (expected: more)"));
		}
		else {
			if (this.requested.decrementAndGet() > 0) {
				waitForSender();
			}
			this.actual.onNext(bytes);
		}
	}

	private static byte[] take(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private boolean isTooSlow() {
		return this.waited > this.idleTimeout.toNanos()
				&& this.size < this.minRate * TimeUnit.NANOSECONDS.toSeconds(this.waited);
	}

	private boolean isOverdue() {
		return now() - this.deadline >= 0;
	}

	private UploadTimedOut overdue() {
		return new UploadTimedOut(
				"more than " + this.longest.toSeconds() + " seconds for all of it (expected: less, or compressed)");
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

	private void waitForSender() {
		long now = this.turn.get();
		this.waitingSince = now();
		long patience = Math.min(this.idleTimeout.toNanos(), Math.max(0, this.deadline - this.waitingSince));
		this.timer.update(this.scheduler.schedule(() -> giveUp(now), patience, TimeUnit.NANOSECONDS));
	}

	private void giveUp(long expected) {
		if (this.turn.compareAndSet(expected, OVER)) {
			this.upstream.cancel();
			this.actual.onError(isOverdue() ? overdue() : new UploadTimedOut(
					"nothing for " + this.idleTimeout.toSeconds() + " seconds (expected: something)"));
		}
	}

	private void refuse(UploadRefused refused) {
		if (end()) {
			this.upstream.cancel();
			this.actual.onError(refused);
		}
	}

	@Override
	public void onError(Throwable ex) {
		if (end()) {
			this.actual.onError(new UploadBroken(ex));
		}
	}

	@Override
	public void onComplete() {
		if (end()) {
			this.actual.onComplete();
		}
	}

	@Override
	public void cancel() {
		end();
		this.upstream.cancel();
	}

	/** Whether it was not over yet. */
	private boolean end() {
		this.timer.dispose();
		return this.turn.getAndSet(OVER) != OVER;
	}

}
