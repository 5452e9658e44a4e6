package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What one kind of requests is doing: moving, or waiting for something. Its consumers
 * report here; a consumer whose partitions were given to another stops reporting and is
 * forgotten. Safe for use by many threads.
 */
public final class Lane {

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

	private static final int MAX_DOUBLINGS = 4;

	private static final Duration GRACE = Duration.ofMinutes(3);

	private final Map<String, Waiting> consumers = new ConcurrentHashMap<>();

	private final String name;

	private final InstantSource clock;

	public Lane(String name, InstantSource clock) {
		this.name = name;
		this.clock = clock;
	}

	/** The lane's name. */
	public String name() {
		return this.name;
	}

	/** The consumer has settled a batch. */
	public void moves(String consumer) {
		if (!this.consumers.isEmpty()) {
			this.consumers.remove(consumer);
		}
	}

	/**
	 * The consumer cannot go on for now.
	 * @return how long it is to wait before it tries again: longer each time, up to 16 s
	 */
	public Duration waits(String consumer, Hindrance hindrance) {
		Instant now = this.clock.instant();
		Waiting waiting = this.consumers.compute(consumer, (name, known) -> (known != null && !isStale(known, now))
				? new Waiting(known.since(), hindrance, known.times() + 1, now) : new Waiting(now, hindrance, 1, now));
		return FIRST_PAUSE.multipliedBy(1L << Math.min(waiting.times() - 1, MAX_DOUBLINGS));
	}

	/**
	 * What the lane waits for, the longest waiting consumer first; empty when it moves.
	 */
	public Optional<Waiting> waiting() {
		Instant now = this.clock.instant();
		return this.consumers.values()
			.stream()
			.filter((waiting) -> !isStale(waiting, now))
			.min(Comparator.comparing(Waiting::since));
	}

	private static boolean isStale(Waiting waiting, Instant now) {
		return waiting.lastTriedAt().plus(GRACE).isBefore(now);
	}

	/**
	 * A consumer waits.
	 *
	 * @param since since when
	 * @param hindrance for what
	 * @param times how often it has tried in vain
	 * @param lastTriedAt when it last did
	 */
	public record Waiting(Instant since, Hindrance hindrance, int times, Instant lastTriedAt) {
	}

}
