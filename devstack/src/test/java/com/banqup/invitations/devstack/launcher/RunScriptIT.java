package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

	private Process orderStatus(String launcher) throws IOException {
		ProcessBuilder script = new ProcessBuilder("bash", this.home.resolve("run").toString(), "status");
		script.environment().put("JAVA_HOME", this.jdk.toString());
		script.environment().put("TMPDIR", this.temporary.toString());
		script.environment().put("LAUNCHER", launcher);
		return script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private void assertNothingIsLeft() {
		assertThat(this.temporary).isEmptyDirectory();
	}

}
