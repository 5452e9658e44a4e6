package com.banqup.invitations.devstack.launcher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps one service up: a service that dies is started again after a growing wait, until
 * it is stopped here. A service that dies before it ever served is given up after a few
 * tries, because then something is wrong that waiting does not mend.
 */
final class Supervisor implements ManagedPart {

	/** Deaths in a row after which a service that never served is given up. */
	static final int TRIES = 3;

	private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofHours(1);

	private final String name;

	private final Supplier<ServiceProcess> launch;

	private final BooleanSupplier ready;

	private final Settings settings;

	private final Listener listener;

	private final InstantSource clock;

	/**
	 * Held while an order is carried out, so that a start waits for the stop before it.
	 */
	private final ReentrantLock orders = new ReentrantLock();

	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when an order makes waiting for the next try pointless. */
	private final Condition ordered = this.lock.newCondition();

	private boolean wanted;

	private boolean waiting;

	private boolean retired;

	private PartState state = PartState.STOPPED;

	private @Nullable ServiceProcess process;

	private @Nullable Thread thread;

	private CompletableFuture<Void> serving = new CompletableFuture<>();

	/**
	 * A supervisor of a service that is not started yet.
	 * @param launch starts a process of the service
	 * @param ready whether the service serves
	 */
	Supervisor(String name, Supplier<ServiceProcess> launch, BooleanSupplier ready, Settings settings,
			Listener listener, InstantSource clock) {
		this.name = name;
		this.launch = launch;
		this.ready = ready;
		this.settings = settings;
		this.listener = listener;
		this.clock = clock;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public PartState state() {
		this.lock.lock();
		try {
			return this.state;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		awaitServing(begin());
	}

	/**
	 * Waits for what {@link #begin} began.
	 * @throws LaunchException that says why it does not serve
	 */
	void awaitServing(CompletableFuture<Void> serving) {
		try {
			serving.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof LaunchException cause) ? cause
					: new LaunchException(this.name + " could not be started: " + ex.getCause(), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LaunchException("interrupted while starting " + this.name, ex);
		}
	}

	/** Begins to start it; the result is there when it serves. */
	CompletableFuture<Void> begin() {
		this.orders.lock();
		this.lock.lock();
		try {
			if (this.retired) {
				throw new LaunchException(this.name + " is stopped for good");
			}
			if (!this.wanted) {
				this.wanted = true;
				this.state = PartState.STARTING;
				this.serving = new CompletableFuture<>();
				this.thread = Thread.ofVirtual().name("supervisor of " + this.name).start(this::supervise);
			}
			this.waiting = false;
			this.ordered.signalAll();
			return this.serving;
		}
		finally {
			this.lock.unlock();
			this.orders.unlock();
		}
	}

	@Override
	public void stop() {
		this.orders.lock();
		try {
			ServiceProcess running = noLongerWanted();
			if (running != null) {
				running.stop(this.settings.stopPatience());
			}
			if (this.thread != null) {
				join(this.thread);
			}
		}
		finally {
			this.orders.unlock();
		}
	}

	private @Nullable ServiceProcess noLongerWanted() {
		this.lock.lock();
		try {
			this.wanted = false;
			this.ordered.signalAll();
			return this.process;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Stops it for good. */
	void retire() {
		this.lock.lock();
		try {
			this.retired = true;
		}
		finally {
			this.lock.unlock();
		}
		stop();
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void supervise() {
		RuntimeException reason = new StoppedException(this.name);
		try {
			keepUp();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			reason = ex;
		}
		finally {
			end(reason);
		}
	}

	private void keepUp() throws InterruptedException {
		int deaths = 0;
		boolean served = false;
		for (ServiceProcess life = launchIfWanted(); life != null; life = launchIfWanted()) {
			Instant begun = this.clock.instant();
			boolean up = awaitReady(life, begun);
			if (up) {
				announce(served, begun);
				served = true;
			}
			int exit = awaitExit(life);
			Duration upTime = up ? Duration.between(begun, this.clock.instant()) : Duration.ZERO;
			deaths = this.settings.backoff().deathsInARow(deaths, upTime);
			if (!served && deaths >= TRIES) {
				throw new LaunchException(
						"%s ended %d times before it served (%s)".formatted(this.name, TRIES, new ExitCode(exit)));
			}
			awaitNextTry(exit, this.settings.backoff().delay(deaths));
		}
	}

	private void end(RuntimeException reason) {
		this.lock.lock();
		try {
			this.wanted = false;
			this.process = null;
			this.state = PartState.STOPPED;
			this.serving.completeExceptionally(reason);
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable ServiceProcess launchIfWanted() {
		this.lock.lock();
		try {
			if (this.wanted) {
				this.state = PartState.STARTING;
				this.process = this.launch.get();
				return this.process;
			}
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean awaitReady(ServiceProcess life, Instant begun) throws InterruptedException {
		while (life.awaitExit(PROBE_INTERVAL).isEmpty()) {
			if (this.ready.getAsBoolean()) {
				return true;
			}
			if (Duration.between(begun, this.clock.instant()).compareTo(this.settings.startPatience()) > 0) {
				this.listener.stuck(this.name, this.settings.startPatience());
				life.stop(Duration.ZERO);
			}
		}
		return false;
	}

	private void announce(boolean again, Instant begun) {
		this.lock.lock();
		try {
			this.state = PartState.RUNNING;
			this.serving.complete(null);
		}
		finally {
			this.lock.unlock();
		}
		if (again) {
			this.listener.back(this.name, Duration.between(begun, this.clock.instant()));
		}
	}

	private static int awaitExit(ServiceProcess life) throws InterruptedException {
		OptionalInt exit = life.awaitExit(LONG);
		while (exit.isEmpty()) {
			exit = life.awaitExit(LONG);
		}
		return exit.getAsInt();
	}

	private void awaitNextTry(int exit, Duration delay) throws InterruptedException {
		this.lock.lock();
		try {
			if (this.wanted) {
				this.state = PartState.WAITING_TO_RESTART;
				this.process = null;
				if (this.serving.isDone()) {
					this.serving = new CompletableFuture<>();
				}
				this.listener.died(this.name, new ExitCode(exit), delay);
			}
			this.waiting = true;
			long rest = delay.toNanos();
			while (this.wanted && this.waiting && rest > 0) {
				rest = this.ordered.awaitNanos(rest);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How a service is kept up.
	 *
	 * @param backoff between a death and the next start
	 * @param startPatience after which a process that does not serve is ended and counts
	 * as dead
	 * @param stopPatience after which a process that was asked to end is made to
	 */
	record Settings(Backoff backoff, Duration startPatience, Duration stopPatience) {

		static Settings standard(Duration stopPatience) {
			return new Settings(Backoff.STANDARD, Duration.ofSeconds(180), stopPatience);
		}

	}

	/** Is told what users should know. */
	interface Listener {

		/** The service died and is started again after the delay. */
		void died(String service, ExitCode exit, Duration delay);

		/** The process does not come to serve and is ended. */
		void stuck(String service, Duration patience);

		/** The service serves again. */
		void back(String service, Duration took);

	}

}
