package com.banqup.invitations.dispatch.mail.smtp;

import java.time.Duration;
import java.util.function.LongSupplier;

import reactor.pool.AllocationStrategy;

/**
 * How many sessions there may be: as many as configured, or fewer after the relay refused
 * one. From then on the bound grows step by step, so that the relay is not asked in vain
 * all the time. Safe for use by many threads.
 */
final class SessionBound implements AllocationStrategy {

	static final Duration STEP = Duration.ofSeconds(10);

	private final int maximum;

	private final LongSupplier nanoTime;

	private int granted;

	private int bound;

	private long lastChange;

	SessionBound(int maximum, LongSupplier nanoTime) {
		this.maximum = maximum;
		this.nanoTime = nanoTime;
		this.bound = maximum;
	}

	/** The relay allows no more than this many at the moment, at least one. */
	synchronized void lowerTo(int sessions) {
		this.bound = Math.clamp(sessions, 1, this.maximum);
		this.lastChange = this.nanoTime.getAsLong();
	}

	private int bound() {
		long now = this.nanoTime.getAsLong();
		while (this.bound < this.maximum && now - this.lastChange >= STEP.toNanos()) {
			this.bound = Math.min(this.maximum, this.bound + Math.max(1, this.bound / 4));
			this.lastChange += STEP.toNanos();
		}
		return this.bound;
	}

	@Override
	public synchronized int estimatePermitCount() {
		return Math.max(0, bound() - this.granted);
	}

	@Override
	public synchronized int getPermits(int desired) {
		int permits = Math.clamp(bound() - this.granted, 0, Math.max(0, desired));
		this.granted += permits;
		return permits;
	}

	@Override
	public synchronized int permitGranted() {
		return this.granted;
	}

	@Override
	public int permitMinimum() {
		return 0;
	}

	@Override
	public int permitMaximum() {
		return this.maximum;
	}

	@Override
	public synchronized void returnPermits(int returned) {
		this.granted -= returned;
	}

}
