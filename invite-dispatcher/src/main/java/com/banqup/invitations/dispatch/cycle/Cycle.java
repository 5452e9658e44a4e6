package com.banqup.invitations.dispatch.cycle;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * A piece of work that is done again and again, one run after the other: at once when
 * there is more to do, after an interval when there is not, after a growing pause when it
 * failed. Stopping lets the current run finish, within a limit.
 */
public final class Cycle implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Cycle.class);

	private static final int MAX_DOUBLINGS = 5;

	private final String name;

	private final Supplier<Mono<Boolean>> work;

	private final Duration interval;

	private final Duration limit;

	private final Scheduler scheduler;

	private volatile @Nullable Run run;

	/**
	 * Creates it, not yet started.
	 * @param name for the log
	 * @param work one run; emits whether there is more to do. Must not block
	 * @param interval pause when there is nothing more to do; after failures it doubles,
	 * up to 32 times
	 * @param limit a run that takes longer has failed; so long waits stopping for the
	 * current one
	 * @param scheduler where pauses are timed
	 */
	public Cycle(String name, Supplier<Mono<Boolean>> work, Duration interval, Duration limit, Scheduler scheduler) {
		this.name = name;
		this.work = work;
		this.interval = interval;
		this.limit = limit;
		this.scheduler = scheduler;
	}

	@Override
	public synchronized void start() {
		if (this.run == null) {
			this.run = new Run();
		}
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public synchronized void stop(Runnable callback) {
		Run current = this.run;
		this.run = null;
		if (current == null) {
			callback.run();
		}
		else {
			current.stop(callback);
		}
	}

	@Override
	public boolean isRunning() {
		return this.run != null;
	}

	private final class Run {

		private final Sinks.Empty<Void> stopping = Sinks.empty();

		private final Sinks.Empty<Void> finished = Sinks.empty();

		private volatile boolean goOn = true;

		private final Disposable subscription;

		private int failures;

		Run() {
			this.subscription = Mono.defer(this::once)
				.flatMap(this::pause)
				.repeat(() -> this.goOn)
				.doFinally((signal) -> this.finished.tryEmitEmpty())
				.subscribe();
		}

		private Mono<Duration> once() {
			return Mono.defer(Cycle.this.work)
				.timeout(Cycle.this.limit, Cycle.this.scheduler)
				.map(this::succeeded)
				.onErrorResume((ex) -> Mono.just(failed(ex)))
				.defaultIfEmpty(Cycle.this.interval);
		}

		private Duration succeeded(boolean more) {
			this.failures = 0;
			return more ? Duration.ZERO : Cycle.this.interval;
		}

		private Duration failed(Throwable ex) {
			this.failures++;
			log.warn("{}: failed {} times in a row, will be repeated: {}", Cycle.this.name, this.failures,
					ex.toString());
			return Cycle.this.interval.multipliedBy(1L << Math.min(this.failures, MAX_DOUBLINGS));
		}

		/** Ends early when stopping; never empty, so that the repetition decides. */
		private Mono<Boolean> pause(Duration time) {
			return Mono.delay(time, Cycle.this.scheduler).takeUntilOther(this.stopping.asMono()).hasElement();
		}

		void stop(Runnable callback) {
			this.goOn = false;
			this.stopping.tryEmitEmpty();
			this.finished.asMono()
				.timeout(Cycle.this.limit, Mono.fromRunnable(this::giveUp))
				.subscribe(null, (ex) -> callback.run(), callback);
		}

		private void giveUp() {
			log.warn("{}: did not finish within {}", Cycle.this.name, Cycle.this.limit);
			this.subscription.dispose();
		}

	}

}
