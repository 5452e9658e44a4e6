package com.banqup.invitations.api.turns;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.banqup.invitations.api.database.Unbroken;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets a Partner Space, and all of them together, carry out so many writes at a time,
 * before they take a connection to the database: writes of one Partner Space wait for the
 * same row, and if they did so with a connection each, one partner could keep all others
 * waiting, and a few busy ones everybody who reads. Partner Spaces whose writes wait take
 * turns.
 */
public class Turns {

	private final Map<UUID, Line> lines = new HashMap<>();

	/** Those that wait for nothing but others' writes; the first one is next. */
	private final SequencedSet<Line> ready = new LinkedHashSet<>();

	private final TurnsProperties properties;

	private final Counter refused;

	private int running;

	private int waiting;

	Turns(TurnsProperties properties, MeterRegistry meters) {
		this.properties = properties;
		this.refused = Counter.builder("partner.space.writes.refused")
			.description("Writes that had too many others running and waiting")
			.register(meters);
		Gauge.builder("partner.space.writes.running", this, Turns::running)
			.description("Writes that are carried out")
			.register(meters);
		Gauge.builder("partner.space.writes.waiting", this, Turns::waiting)
			.description("Writes that wait for their turn")
			.register(meters);
	}

	private synchronized int running() {
		return this.running;
	}

	private synchronized int waiting() {
		return this.waiting;
	}

	/**
	 * Carries out the work when it is the Partner Space's turn, in the order of
	 * subscriptions. Work that has begun comes to its end, and keeps its turn until then,
	 * although its caller goes away. Errors with {@link TooManyWrites} or as the work
	 * does.
	 */
	public <T> Mono<T> take(UUID partnerSpaceId, Supplier<? extends Mono<T>> work) {
		return Mono
			.using(() -> join(partnerSpaceId), (turn) -> granted(turn).then(Mono.defer(() -> work(turn, work))),
					this::leaveUnlessWorking)
			.doOnError(TooManyWrites.class, (ex) -> this.refused.increment());
	}

	private <T> Mono<T> work(Turn turn, Supplier<? extends Mono<T>> work) {
		return beginWork(turn) ? Unbroken.mono(Mono.using(() -> turn, (working) -> work.get(), this::leave))
				: Mono.empty();
	}

	private Mono<Void> granted(Turn turn) {
		return turn.granted.asMono()
			.timeout(this.properties.maxWait())
			.onErrorMap(TimeoutException.class, (ex) -> new TooManyWrites(turn.line.partnerSpaceId));
	}

	private synchronized Turn join(UUID partnerSpaceId) {
		Line line = this.lines.computeIfAbsent(partnerSpaceId, Line::new);
		Turn turn = new Turn(line);
		if (hasRoom(line) && this.running < this.properties.runningInAll()) {
			run(turn);
			turn.granted.tryEmitEmpty();
		}
		else if (line.waiting.size() < this.properties.waiting()) {
			line.waiting.add(turn);
			this.waiting++;
			sort(line);
		}
		else {
			sort(line);
			throw new TooManyWrites(partnerSpaceId);
		}
		return turn;
	}

	/** False if the caller went away in the meantime. */
	private synchronized boolean beginWork(Turn turn) {
		turn.working = turn.running;
		return turn.working;
	}

	private void leaveUnlessWorking(Turn turn) {
		if (!isWorking(turn)) {
			leave(turn);
		}
	}

	private synchronized boolean isWorking(Turn turn) {
		return turn.working;
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
	private synchronized @Nullable Turn next(Turn over) {
		remove(over);
		Turn next = runNext();
		if (over.starting) {
			over.next = next;
			return null;
		}
		return next;
	}

	private synchronized @Nullable Turn started(Turn turn) {
		turn.starting = false;
		return turn.next;
	}

	private void remove(Turn over) {
		if (over.running) {
			over.running = false;
			over.line.running--;
			this.running--;
		}
		else if (over.line.waiting.remove(over)) {
			this.waiting--;
		}
		sort(over.line);
	}

	/** One write less lets one more run at most. */
	private @Nullable Turn runNext() {
		if (this.ready.isEmpty() || this.running >= this.properties.runningInAll()) {
			return null;
		}
		Line line = this.ready.removeFirst();
		Turn next = line.waiting.remove();
		this.waiting--;
		next.starting = true;
		run(next);
		sort(line);
		return next;
	}

	private void run(Turn turn) {
		turn.running = true;
		turn.line.running++;
		this.running++;
	}

	/** Where the line belongs now; one that is ready already keeps its place. */
	private void sort(Line line) {
		if (!line.waiting.isEmpty() && hasRoom(line)) {
			this.ready.add(line);
		}
		else {
			this.ready.remove(line);
		}
		if (line.waiting.isEmpty() && line.running == 0) {
			this.lines.remove(line.partnerSpaceId);
		}
	}

	private boolean hasRoom(Line line) {
		return line.running < this.properties.running();
	}

	/** The writes of a Partner Space. Guarded by the lock of {@link Turns}. */
	private static final class Line {

		private final UUID partnerSpaceId;

		private final Queue<Turn> waiting = new ArrayDeque<>();

		private int running;

		private Line(UUID partnerSpaceId) {
			this.partnerSpaceId = partnerSpaceId;
		}

	}

	/** A write. Guarded by the lock of {@link Turns}. */
	private static final class Turn {

		private final Line line;

		private final Sinks.Empty<Void> granted = Sinks.empty();

		private boolean running;

		/** Whether the work, and not the caller, decides when it is over. */
		private boolean working;

		/** Whether it has just been granted after it waited. */
		private boolean starting;

		/** What starts after it because it was over while it was starting. */
		private @Nullable Turn next;

		private Turn(Line line) {
			this.line = line;
		}

	}

}
