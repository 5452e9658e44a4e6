package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.demo.DemoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the system, from its start until somebody asks to stop. */
final class Run {

	private static final Logger log = LoggerFactory.getLogger(Run.class);

	/** A log that is larger is turned. */
	private static final long LOG_LIMIT = 20L * 1024 * 1024;

	private static final Duration LOGS_CHECKED_EVERY = Duration.ofSeconds(15);

	private static final String LOGS = "logs";

	private static final String DEMO_UNFINISHED = "demo-unfinished";

	private final Path home;

	private final Console console;

	private final Options options;

	private final Command.Up command;

	private final StopSignal stop;

	private final InstantSource clock = InstantSource.system();

	private volatile @Nullable RuntimeException failure;

	Run(Path home, Console console, Options options, Command.Up command, StopSignal stop) {
		this.home = home;
		this.console = console;
		this.options = options;
		this.command = command;
		this.stop = stop;
	}

	/**
	 * Starts the system and stays until somebody asks to stop or a part cannot be
	 * started; then stops everything.
	 * @throws LaunchException when something cannot be started
	 */
	void untilStopped() {
		Instant begun = this.clock.instant();
		try (RunFolder folder = RunFolder.open(this.options.data())) {
			untilStopped(folder, begun);
			this.console.line("Stopped.");
		}
		if (this.failure != null) {
			throw this.failure;
		}
	}

	private void untilStopped(RunFolder folder, Instant begun) {
		Parts parts = new Parts(RunningSystem.PARTS);
		try (ControlServer control = ControlServer.start(parts, this.console)) {
			prepare(folder, control.address());
			LogFolder logs = new LogFolder(folder.folder(LOGS), LOG_LIMIT);
			logs.turn();
			try (ScheduledExecutorService logCheck = Executors.newSingleThreadScheduledExecutor()) {
				logCheck.scheduleAtFixedRate(logs::turn, LOGS_CHECKED_EVERY.toSeconds(), LOGS_CHECKED_EVERY.toSeconds(),
						TimeUnit.SECONDS);
				startAndStop(new RunningSystem(this.home, parts, folder, logs, this.options.ports(), this.console,
						this.clock), control, folder, begun);
				logCheck.shutdownNow();
			}
		}
		finally {
			ControlAddress.delete(folder.path());
		}
	}

	private void startAndStop(RunningSystem system, ControlServer control, RunFolder folder, Instant begun) {
		Thread work = Thread.ofPlatform().name("run").start(() -> work(system, folder, begun));
		try {
			this.stop.await();
			this.console.line("Stopping ...");
			work.interrupt();
			work.join();
			control.close(); // nobody may be starting anything when the system closes
			system.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Deletes nothing, whatever the command says, unless the start can go on. */
	private void prepare(RunFolder folder, ControlAddress control) {
		begin(folder, control);
		if (RunningSystem.hasLeftovers(folder)) {
			this.console.line("An earlier run was killed: ending what it left behind");
		}
		RunningSystem.endLeftovers(folder);
		this.options.ports().requireFree();
		if (this.command.fresh()) {
			folder.empty();
			begin(folder, control);
		}
	}

	private void begin(RunFolder folder, ControlAddress control) {
		StackLog.to(folder.folder(LOGS).resolve("stack.log"));
		folder.folder("run");
		control.write(folder.path());
		if (folder.isNew() && this.command.demo()) {
			PrivateFile.write(folder.file(DEMO_UNFINISHED), "");
		}
	}

	private void work(RunningSystem system, RunFolder folder, Instant begun) {
		try {
			this.console.line("Starting with data folder %s, logs in %s", folder.path(), folder.file(LOGS));
			StartedStack stack = system.startStack();
			Endpoints endpoints = stack.endpoints(this.options.ports(), DemoSpace.in(folder.folder("secrets")),
					this.clock);
			endpoints.write(folder.path());
			system.startServices(stack);
			this.console.line(String.format(Locale.ROOT, "All up after %.1f s. Addresses and tokens: %s",
					Duration.between(begun, this.clock.instant()).toMillis() / 1000.0, folder.file(Endpoints.FILE)));
			demo(folder, endpoints);
			if (!this.stop.isRequested()) {
				this.console.line("Up until Ctrl-C. Inbox: %s  API: %s/swagger-ui.html", endpoints.mailInbox(),
						endpoints.inviteApi());
			}
			this.stop.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | IOException ex) {
			if (!this.stop.isRequested()) {
				this.failure = (ex instanceof LaunchException known) ? known : new LaunchException(ex.toString(), ex);
				this.stop.request();
			}
		}
	}

	private void demo(RunFolder folder, Endpoints endpoints) throws IOException {
		Path unfinished = folder.file(DEMO_UNFINISHED);
		if (!this.command.demo() || !Files.exists(unfinished)) {
			return;
		}
		try {
			DemoRun.on(endpoints, this.home, this.console, this.clock).run();
			Files.deleteIfExists(unfinished);
		}
		catch (RuntimeException ex) {
			if (!this.stop.isRequested()) {
				log.error("The demo did not come to its end", ex);
				this.console.line("The demo did not come to its end: %s. ./run demo goes on with it",
						(ex instanceof DemoException) ? String.valueOf(ex.getMessage()) : ex);
			}
		}
	}

}
