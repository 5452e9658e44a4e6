package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The script in a checkout of its own, with a launcher that does what the test says. */
@Timeout(60)
class RunScriptIT {

	/** Leaves its class path, a single jar, to what the test says. */
	private static final String JAVA = """
			#!/bin/sh
			while [ "$1" != -cp ]; do shift; done
			jar=$2
			eval "$LAUNCHER"
			""";

	@TempDir
	private Path home;

	@TempDir
	private Path temporary;

	@TempDir
	private Path jdk;

	@BeforeEach
	void makeCheckoutThatIsBuilt() throws IOException {
		Files.copy(Path.of("..", "run"), this.home.resolve("run"));
		for (String module : List.of("devstack", "invite-api", "invite-dispatcher", "acceptance-service")) {
			Path target = Files.createDirectories(this.home.resolve(module).resolve("target"));
			Files.createFile(target.resolve(module + ".jar"));
		}
		Files.createFile(this.home.resolve("devstack/target/launcher.classpath"));
	}

	@BeforeEach
	void makeJdk() throws IOException {
		Files.writeString(this.jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
		for (String program : List.of("java", "javac")) {
			Path file = Files.createDirectories(this.jdk.resolve("bin")).resolve(program);
			Files.writeString(file, JAVA);
			assertThat(file.toFile().setExecutable(true)).isTrue();
		}
	}

	@Test
	void runsACopyAndRemovesIt() throws Exception {
		Process order = orderStatus(
				"[ -f \"$jar\" ] && [ \"$jar\" != " + this.home + "/devstack/target/devstack.jar ]");

		assertThat(order.waitFor()).isZero();
		assertNothingIsLeft();
	}

	@Test
	void removesTheCopiesOfAScriptThatWasKilled() throws Exception {
		assertThat(orderStatus("kill -KILL $PPID").waitFor()).isEqualTo(137);

		assertThat(orderStatus("exit 0").waitFor()).isZero();

		assertNothingIsLeft();
	}

	@Test
	void removesNothingElse() throws Exception {
		Path other = Files.createDirectory(this.temporary.resolve("client-invitations-launcher"));

		assertThat(orderStatus("exit 0").waitFor()).isZero();

		assertThat(this.temporary).isDirectoryContaining((left) -> left.equals(other));
	}

	@Test
	void removesNoCopiesOfAScriptThatRuns() throws Exception {
		Process running = orderStatus("echo up; read answer; [ -f \"$jar\" ]");
		assertThat(running.inputReader().readLine()).isEqualTo("up");

		assertThat(orderStatus("exit 0").waitFor()).isZero();

		running.getOutputStream().close();
		assertThat(running.waitFor()).isZero();
		assertNothingIsLeft();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			foo                | unknown command: foo
			--no-demo foo      | unknown command: foo
			--data d stop      | stop takes one part
			start kafka smtp   | start takes one part
			status now         | status takes no argument
			--data             | --data needs a value
			--port-base x      | --port-base: x
			--port-base=       | --port-base:
			--noo-demo         | unknown option: --noo-demo
			""")
	void refusesWhatItCannotUnderstandBeforeItBuilds(String arguments, String problem) throws Exception {
		Files.delete(this.home.resolve("devstack/target/devstack.jar"));

		Process script = run("echo launched", arguments.split(" "));

		assertThat(script.inputReader().readLine()).isNull();
		assertThat(script.errorReader().readLine()).startsWith("./run: " + problem);
		assertThat(script.waitFor()).isEqualTo(2);
		assertNothingIsLeft();
	}

	private Process orderStatus(String launcher) throws IOException {
		return run(launcher, "status");
	}

	private Process run(String launcher, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("bash", this.home.resolve("run").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder script = new ProcessBuilder(command);
		script.environment().put("JAVA_HOME", this.jdk.toString());
		script.environment().put("TMPDIR", this.temporary.toString());
		script.environment().put("LAUNCHER", launcher);
		return script.start();
	}

	private void assertNothingIsLeft() {
		assertThat(this.temporary).isEmptyDirectory();
	}

}
