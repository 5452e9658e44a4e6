package com.banqup.invitations.cli.api;

import java.time.Duration;

/**
 * How long the program waits for what, and how often it asks again.
 *
 * @param attempts how often a request is sent at most
 * @param firstPause the pause after the first failure; each later one is twice as long
 * @param longestPause the longest of these pauses
 * @param longestRetryAfter the longest pause that the server may ask for; a longer one is
 * reported to the user
 * @param connect how long to wait for a connection
 * @param silence how long the server may send or take nothing before the connection
 * counts as broken
 * @param awayWhileFollowing how long the server may be away while a batch is followed
 * @param pollInterval how often to ask for a batch where events cannot be had
 */
public record Patience(int attempts, Duration firstPause, Duration longestPause, Duration longestRetryAfter,
		Duration connect, Duration silence, Duration awayWhileFollowing, Duration pollInterval) {

	/** What people at a terminal and nightly jobs can live with. */
	public static final Patience STANDARD = new Patience(10, Duration.ofSeconds(1), Duration.ofSeconds(30),
			Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(15),
			Duration.ofSeconds(2));

	public Patience {
		if (attempts < 1) {
			throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 or more)");
		}
		requirePositive("firstPause", firstPause);
		requirePositive("longestPause", longestPause);
		requirePositive("longestRetryAfter", longestRetryAfter);
		requirePositive("connect", connect);
		requirePositive("silence", silence);
		requirePositive("awayWhileFollowing", awayWhileFollowing);
		requirePositive("pollInterval", pollInterval);
	}

	private static void requirePositive(String name, Duration duration) {
		if (!duration.isPositive()) {
			throw new IllegalArgumentException(name + ": " + duration + " (expected: more than 0)");
		}
	}

	/** The pause after so many failures, counted from 1. */
	public Duration pauseAfter(int failures) {
		Duration pause = this.firstPause;
		for (int i = 1; i < failures && pause.compareTo(this.longestPause) < 0; i++) {
			pause = pause.multipliedBy(2);
		}
		return (pause.compareTo(this.longestPause) < 0) ? pause : this.longestPause;
	}

}
