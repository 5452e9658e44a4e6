package com.banqup.invitations.devstack.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Asks again after a temporary failure, with growing pauses, until a time is over. A
 * service that is killed and started again costs a pause and no result.
 */
final class Retry {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

	private final Duration patience;

	private final InstantSource clock;

	private final Pause pause;

	Retry(Duration patience, InstantSource clock, Pause pause) {
		this.patience = patience;
		this.clock = clock;
		this.pause = pause;
	}

	/** Retries by the wall clock. */
	static Retry within(Duration patience) {
		return new Retry(patience, InstantSource.system(), Thread::sleep);
	}

	/**
	 * The result of the first attempt that has one.
	 * @throws DemoException when the time is over, with the last failure
	 */
	<T> T call(String what, Supplier<T> attempt) {
		Instant giveUp = this.clock.instant().plus(this.patience);
		Duration next = FIRST_PAUSE;
		while (true) {
			try {
				return attempt.get();
			}
			catch (TemporaryFailure ex) {
				if (this.clock.instant().plus(next).isAfter(giveUp)) {
					throw new DemoException("%s did not succeed within %d s: %s".formatted(what,
							this.patience.toSeconds(), ex.getMessage()), ex);
				}
			}
			sleep(next);
			next = next.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? next.multipliedBy(2) : LONGEST_PAUSE;
		}
	}

	private void sleep(Duration duration) {
		try {
			this.pause.sleep(duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DemoException("stopped", ex);
		}
	}

	/** Lets time pass. */
	interface Pause {

		void sleep(Duration duration) throws InterruptedException;

	}

}
