package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/** Whether the mails of one batch may still be started, and if not, why. */
final class MailRun {

	private final AtomicReference<@Nullable Hindrance> hindrance = new AtomicReference<>();

	private final InstantSource clock;

	private final Instant deadline;

	private final BooleanSupplier stopping;

	MailRun(InstantSource clock, Instant deadline, BooleanSupplier stopping) {
		this.clock = clock;
		this.deadline = deadline;
		this.stopping = stopping;
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
		return this.hindrance.get() == null;
	}

	Optional<Hindrance> hindrance() {
		return Optional.ofNullable(this.hindrance.get());
	}

}
