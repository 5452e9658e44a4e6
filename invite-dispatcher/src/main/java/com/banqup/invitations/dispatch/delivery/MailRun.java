package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The state of one batch: what was claimed, what became of it, and whether its mails may
 * still be started. Safe for use by many threads.
 */
final class MailRun {

	private final List<Admission> admissions = new CopyOnWriteArrayList<>();

	private final Queue<Attempt> outcomes = new ConcurrentLinkedQueue<>();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private volatile boolean ledgerLost;

	private final AtomicBoolean scoutSent = new AtomicBoolean();

	private final Sinks.Empty<Void> scoutBack = Sinks.empty();

	private final AtomicReference<@Nullable Hindrance> hindrance = new AtomicReference<>();

	private final InstantSource clock;

	private final Instant deadline;

	private final BooleanSupplier stopping;

	private final boolean cautious;

	/**
	 * Creates it.
	 * @param deadline when no mail is started any more
	 * @param stopping whether the service is being stopped
	 * @param cautious whether one mail is to go ahead of the others
	 */
	MailRun(InstantSource clock, Instant deadline, BooleanSupplier stopping, boolean cautious) {
		this.clock = clock;
		this.deadline = deadline;
		this.stopping = stopping;
		this.cautious = cautious;
	}

	/** Whether another chunk may be claimed: the first one always, and tried once. */
	boolean mayClaim() {
		return this.failure.get() == null && (this.admissions.isEmpty() || mayStart());
	}

	/** A chunk was claimed. */
	Admission claimed(Admission admission) {
		this.admissions.add(admission);
		return admission;
	}

	/** What was claimed of each chunk, in order. */
	List<Admission> admissions() {
		return List.copyOf(this.admissions);
	}

	/** This became of mails. */
	void ended(List<Attempt> attempts) {
		this.outcomes.addAll(attempts);
	}

	/** What became of all mails so far. */
	List<Attempt> outcomes() {
		return List.copyOf(this.outcomes);
	}

	/** Whether one mail is to go ahead of the others. */
	boolean isCautious() {
		return this.cautious;
	}

	/** True for the first who asks. */
	boolean isScout() {
		return this.scoutSent.compareAndSet(false, true);
	}

	void scoutIsBack() {
		this.scoutBack.tryEmitEmpty();
	}

	/** Completes when the mail that went ahead has its outcome. */
	Mono<Void> scout() {
		return this.scoutBack.asMono();
	}

	/** The ledger failed: no mail is started from now on; the first reason stays. */
	void fail(Throwable reason) {
		this.failure.compareAndSet(null, reason);
		if (!(reason instanceof OutcomeRefused)) {
			this.ledgerLost = true;
		}
	}

	/** Whether the ledger could not be reached, rather than refused to take something. */
	boolean isLedgerLost() {
		return this.ledgerLost;
	}

	/** Why the ledger failed; empty when it did not. */
	Optional<Throwable> failure() {
		return Optional.ofNullable(this.failure.get());
	}

	/** No mail is started from now on; the first reason stays. */
	void end(Hindrance reason) {
		this.hindrance.compareAndSet(null, reason);
	}

	boolean mayStart() {
		if (this.stopping.getAsBoolean()) {
			end(Hindrance.STOPPING);
		}
		else if (!this.clock.instant().isBefore(this.deadline)) {
			end(Hindrance.TIME_IS_OVER);
		}
		return this.hindrance.get() == null && this.failure.get() == null;
	}

	Optional<Hindrance> hindrance() {
		return Optional.ofNullable(this.hindrance.get());
	}

}
