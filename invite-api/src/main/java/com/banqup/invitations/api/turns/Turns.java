package com.banqup.invitations.api.turns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.stereotype.Component;

/**
 * Lets a Partner Space carry out so many writes at a time, before they take a connection
 * to the database: writes of one Partner Space wait for the same row, and if they did so
 * with a connection each, one partner could keep all others waiting.
 */
@Component
public class Turns {

	private final Map<UUID, Line> lines = new HashMap<>();

	private final TurnsProperties properties;

	private final Counter refused;

	Turns(TurnsProperties properties, MeterRegistry meters) {
		this.properties = properties;
		this.refused = Counter.builder("partner.space.writes.refused")
			.description("Writes of Partner Spaces that had too many running and waiting")
			.register(meters);
	}

	/**
	 * Carries out the work when it is the Partner Space's turn, in the order of
	 * subscriptions. Errors with {@link TooManyWrites} or as the work does.
	 */
	public <T> Mono<T> take(UUID partnerSpaceId, Supplier<? extends Mono<T>> work) {
		return Mono.using(() -> join(partnerSpaceId), (turn) -> granted(turn).then(Mono.defer(work)), this::leave)
			.doOnError(TooManyWrites.class, (ex) -> this.refused.increment());
	}

	private Mono<Void> granted(Turn turn) {
		return turn.granted.asMono()
			.timeout(this.properties.maxWait())
			.onErrorMap(TimeoutException.class, (ex) -> new TooManyWrites(turn.partnerSpaceId));
	}

	private synchronized Turn join(UUID partnerSpaceId) {
		Line line = this.lines.computeIfAbsent(partnerSpaceId, (id) -> new Line());
		Turn turn = new Turn(partnerSpaceId);
		if (line.running < this.properties.running()) {
			line.start(turn);
		}
		else if (line.waiting.size() < this.properties.waiting()) {
			line.waiting.add(turn);
		}
		else {
			throw new TooManyWrites(partnerSpaceId);
		}
		return turn;
	}

	/** Turns start outside of the lock. */
	private void leave(Turn turn) {
		start(next(turn));
	}

	/** Those that end as they start do so one after the other, not within each other. */
	private void start(@Nullable Turn first) {
		for (Turn turn = first; turn != null; turn = started(turn)) {
			turn.granted.tryEmitEmpty();
		}
	}

	/** The turn to start now that this one is over, null if there is none. */
	private synchronized @Nullable Turn next(Turn turn) {
		Turn next = remove(turn);
		if (turn.starting) {
			turn.next = next;
			return null;
		}
		return next;
	}

	private synchronized @Nullable Turn started(Turn turn) {
		turn.starting = false;
		return turn.next;
	}

	private @Nullable Turn remove(Turn turn) {
		Line line = this.lines.get(turn.partnerSpaceId);
		if (line == null) {
			throw new IllegalStateException("Nobody is in line for " + turn.partnerSpaceId);
		}
		if (!turn.running) {
			line.waiting.remove(turn);
			return null;
		}
		line.running--;
		Turn next = line.waiting.poll();
		if (next != null) {
			line.running++;
			next.running = true;
			next.starting = true;
		}
		else if (line.running == 0) {
			this.lines.remove(turn.partnerSpaceId);
		}
		return next;
	}

	/** Guarded by the lock of {@link Turns}. */
	private static final class Line {

		private final Deque<Turn> waiting = new ArrayDeque<>();

		private int running;

		private void start(Turn turn) {
			this.running++;
			turn.running = true;
			turn.granted.tryEmitEmpty();
		}

	}

	private static final class Turn {

		private final UUID partnerSpaceId;

		private final Sinks.Empty<Void> granted = Sinks.empty();

		/** Guarded by the lock of {@link Turns}. */
		private boolean running;

		/** Whether it has just been granted after it waited. */
		private boolean starting;

		/** What starts after it because it was over while it was starting. */
		private @Nullable Turn next;

		private Turn(UUID partnerSpaceId) {
			this.partnerSpaceId = partnerSpaceId;
		}

	}

}
