package com.banqup.invitations.cli.api;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends a request again after temporary failures, a bounded number of times, with growing
 * pauses or those that the server asks for.
 */
public final class Repetition {

	private final Patience patience;

	private final Pause pause;

	private final Consumer<String> notes;

	/**
	 * A repetition.
	 * @param notes told, in a line, of each failure after which it goes on
	 */
	public Repetition(Patience patience, Pause pause, Consumer<String> notes) {
		this.patience = patience;
		this.pause = pause;
		this.notes = notes;
	}

	/**
	 * The result of the first attempt that has one.
	 * @param what what is done, for the notes: {@code "Uploading"}
	 * @throws ProblemAnswered if the server refuses for good, or once too often
	 * @throws Unreachable if the last attempt had no answer
	 */
	public <T> T call(String what, Supplier<T> attempt) {
		for (int failures = 1;; failures++) {
			Duration wait;
			String reason;
			try {
				return attempt.get();
			}
			catch (Unreachable ex) {
				if (failures == this.patience.attempts()) {
					throw ex;
				}
				reason = String.valueOf(ex.getMessage());
				wait = this.patience.pauseAfter(failures);
			}
			catch (ProblemAnswered ex) {
				wait = ex.retryAfter().orElse(this.patience.pauseAfter(failures));
				if (!ex.problem().isTemporary() || failures == this.patience.attempts()
						|| wait.compareTo(this.patience.longestRetryAfter()) > 0) {
					throw ex;
				}
				reason = ex.problem().summary();
			}
			this.notes.accept(String.format(Locale.ROOT, "%s: %s; again in %s s (attempt %d of %d)", what, reason,
					seconds(wait), failures + 1, this.patience.attempts()));
			sleep(wait);
		}
	}

	private static String seconds(Duration duration) {
		return (duration.toMillis() % 1000 == 0) ? Long.toString(duration.toSeconds())
				: String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
	}

	/** Waits. */
	public void sleep(Duration duration) {
		try {
			this.pause.sleep(duration);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Interrupted(ex);
		}
	}

}
