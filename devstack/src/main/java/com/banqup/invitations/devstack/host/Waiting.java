package com.banqup.invitations.devstack.host;

import java.time.Duration;
import java.util.Optional;

/** Waits for servers to serve. */
public final class Waiting {

	private static final Duration PAUSE = Duration.ofMillis(50);

	private Waiting() {
	}

	/**
	 * Tries until it succeeds.
	 * @param what named in the error
	 * @param patience after which it gives up
	 * @param attempt one try; what it throws counts as not yet, unless it is an
	 * {@link IllegalStateException}, which ends the waiting
	 */
	public static <T> T until(String what, Duration patience, Attempt<T> attempt) {
		long deadline = System.nanoTime() + patience.toNanos();
		Exception last = null;
		while (System.nanoTime() < deadline) {
			try {
				Optional<T> result = attempt.run();
				if (result.isPresent()) {
					return result.get();
				}
			}
			catch (IllegalStateException ex) {
				throw ex;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("interrupted while waiting for " + what, ex);
			}
			catch (Exception ex) {
				last = ex;
			}
			pause(what);
		}
		throw new IllegalStateException(
				"%s: not there after %s%s".formatted(what, patience, (last != null) ? ": " + last.getMessage() : ""),
				last);
	}

	private static void pause(String what) {
		try {
			Thread.sleep(PAUSE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for " + what, ex);
		}
	}

	/** One try: empty means not yet. */
	@FunctionalInterface
	public interface Attempt<T> {

		Optional<T> run() throws Exception;

	}

}
