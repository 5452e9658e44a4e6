package com.banqup.invitations.devstack.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.host.Ports;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A run whose stack is still coming up. */
@Timeout(120)
class RunIT {

	@TempDir
	private Path data;

	private final StopSignal stop = new StopSignal();

	private final Thread run = Thread.ofPlatform().unstarted(() -> run(this.stop));

	@BeforeEach
	void begin() {
		this.run.start();
		Awaitility.await().until(() -> !this.run.isAlive() || Files.exists(controlFile()));
	}

	@AfterEach
	void end() throws Exception {
		this.stop.request();
		this.run.join();
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		new ContextInitializer(context).autoConfig();
	}

	@Test
	void tellsHowFarTheStartIs() {
		assertThat(order("status")).containsPattern("^Starting: \\d of 8 parts are up")
			.containsPattern("invite-api +waiting to start")
			.containsPattern("kafka +(waiting to start|starting)");
	}

	@Test
	void refusesOrdersForWhatIsNotUpYet() {
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> order("stop/invite-api"))
			.withMessage("invite-api cannot be stopped yet: it is waiting to start; ./run status tells how far it is");
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> order("start/invite-api"))
			.withMessage("invite-api need not be started: it is waiting to start; ./run status tells how far it is");
	}

	@Test
	void refusesASecondRunAndGoesOnTakingOrders() {
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> run(new StopSignal()))
			.withMessageContaining("is in use by process %d", ProcessHandle.current().pid());

		assertThat(order("status")).startsWith("Starting");
	}

	@Test
	void leavesNothingWhenItIsStopped() throws InterruptedException {
		this.stop.request();
		this.run.join();

		assertThat(controlFile()).doesNotExist();
		RunFolder.open(this.data).close();
	}

	private String order(String order) {
		return new ControlClient(ControlAddress.read(this.data)).send(order);
	}

	private Path controlFile() {
		return this.data.resolve("run").resolve("control.json");
	}

	private void run(StopSignal stop) {
		Options options = Options.parse(
				List.of("--no-demo", "--port-base", Integer.toString(Ports.free(Port.values().length)[0])), this.data);
		Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
		new Run(this.data, console, options, (Command.Up) options.command(), stop).untilStopped();
	}

}
