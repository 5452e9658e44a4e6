package com.banqup.invitations.systemtests.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for what is to happen in the system, until the time is up.
 *
 * @param end when it is
 * @param pause between two looks
 */
record Patience(Instant end, Duration pause) {

	Patience(Instant end) {
		this(end, Duration.ofMillis(100));
	}

	/** The same, looking more often. */
	Patience withPause(Duration shorter) {
		return new Patience(this.end, shorter);
	}

	/**
	 * Returns when it has happened.
	 * @param otherwise what to say when the time is up before
	 * @throws BenchFailure then
	 */
	void await(BooleanSupplier happened, Supplier<String> otherwise) {
		while (!happened.getAsBoolean()) {
			if (Instant.now().isAfter(this.end)) {
				throw new BenchFailure(otherwise.get());
			}
			sleepUntil(System.nanoTime() + this.pause.toNanos());
		}
	}

	static void sleepUntil(long nanoTime) {
		try {
			TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BenchFailure("interrupted", ex);
		}
	}

}
