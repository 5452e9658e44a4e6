package com.banqup.invitations.devstack.launcher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.banqup.invitations.devstack.console.Console;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts parts at the same time and prints a line for each that is up. */
final class ParallelStart implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ParallelStart.class);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Console console;

	private final InstantSource clock;

	ParallelStart(Console console, InstantSource clock) {
		this.console = console;
		this.clock = clock;
	}

	/**
	 * Begins to start a part.
	 * @param title of the part
	 * @param address where it listens
	 * @param start returns when it serves
	 */
	<T> CompletableFuture<T> begin(String title, String address, Supplier<T> start) {
		Instant begun = this.clock.instant();
		return CompletableFuture.supplyAsync(() -> {
			T part = start.get();
			double seconds = Duration.between(begun, this.clock.instant()).toMillis() / 1000.0;
			this.console.line(String.format(Locale.ROOT, "  %-20s %-18s up after %5.1f s", title, address, seconds));
			log.info("{} is up after {} s", title, seconds);
			return part;
		}, this.executor);
	}

	/**
	 * Waits for a part.
	 * @throws LaunchException that says why it is not up
	 */
	<T> T await(CompletableFuture<T> part) {
		try {
			return part.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof LaunchException cause) ? cause : new LaunchException(reason(ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LaunchException("interrupted while starting", ex);
		}
	}

	/**
	 * Like {@link #await}, but goes on without a part that somebody stopped meanwhile.
	 * @throws LaunchException that says why it is not up
	 */
	void awaitUnlessStopped(CompletableFuture<?> part) {
		try {
			await(part);
		}
		catch (StoppedException ex) {
			log.info("Going on: {}", ex.getMessage());
		}
	}

	private static String reason(ExecutionException ex) {
		Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
		return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

	/** Breaks off what nobody waits for any more, and returns when it has ended. */
	@Override
	public void close() {
		this.executor.shutdownNow();
		this.executor.close();
	}

}
