package com.banqup.invitations.devstack.launcher;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import com.banqup.invitations.devstack.console.Console;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunTests {

	@TempDir
	private Path data;

	/** A run sends this process's log to its folder. */
	@AfterEach
	void logAsBefore() throws Exception {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		new ContextInitializer(context).autoConfig();
	}

	@Test
	void deletesNothingWhenItCannotStart() throws Exception {
		Path precious = this.data.resolve("precious");
		RunFolder.open(this.data).close();
		Files.createFile(precious);

		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> run(taken.getLocalPort(), "--fresh"))
				.withMessageContaining("port %d (invite-api)", taken.getLocalPort());
		}

		assertThat(precious).exists();
		RunFolder.open(this.data).close();
	}

	@Test
	void owesANewFolderItsDemoAfterAStartThatFailed() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> run(taken.getLocalPort(), "--fresh"));
		}

		assertThat(this.data.resolve("demo-unfinished")).exists();
	}

	@Test
	void leavesNoAddressForOrdersAfterAStartThatFailed() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> run(taken.getLocalPort(), "--no-demo"));
		}

		assertThat(this.data.resolve("run")).isEmptyDirectory();
	}

	private void run(int portBase, String option) {
		Options options = Options.parse(
				List.of(option, "--port-base", Integer.toString(portBase), "--data", this.data.toString()), this.data);
		Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
		new Run(this.data, console, options, (Command.Up) options.command(), new StopSignal()).untilStopped();
	}

}
