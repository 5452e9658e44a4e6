package com.banqup.invitations.devstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of the shared stack when its JVM ends, well or badly. */
class SharedStackIT {

	private final Path temporary;

	/** PostgreSQL's programs lie in it and must be reached by another user. */
	SharedStackIT(@TempDir Path folder) throws IOException {
		this.temporary = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	@Test
	void leavesNothingBehindWhenItsJvmEnds() throws Exception {
		Process jvm = start();
		ProcessHandle postgres = postgresOf(jvm);
		assertThat(stacks()).hasSize(1);

		jvm.getOutputStream().close();

		assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(postgres.isAlive()).isFalse();
		assertThat(stacks()).isEmpty();
	}

	@Test
	void isClearedByTheNextOneWhenItsJvmWasKilled() throws Exception {
		Process killed = start();
		ProcessHandle postgres = postgresOf(killed);
		List<Path> left = stacks();
		killed.destroyForcibly().waitFor();
		assertThat(postgres.isAlive()).isTrue();

		Process next = start();
		postgresOf(next);

		assertThat(postgres.isAlive()).isFalse();
		assertThat(left).hasSize(1).allSatisfy((folder) -> assertThat(folder).doesNotExist());
		next.getOutputStream().close();
		assertThat(next.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(stacks()).isEmpty();
	}

	private Process start() throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Ddevstack=embedded", "-Djava.io.tmpdir=" + this.temporary, "-cp",
				System.getProperty("java.class.path"), User.class.getName())
			.redirectErrorStream(true)
			.start();
	}

	/** Returns when the JVM has said the process id of its PostgreSQL. */
	private static ProcessHandle postgresOf(Process jvm) throws IOException {
		BufferedReader output = jvm.inputReader();
		StringBuilder said = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			if (line.startsWith(User.SAYS)) {
				return ProcessHandle.of(Long.parseLong(line.substring(User.SAYS.length()))).orElseThrow();
			}
			said.append(line).append('\n');
		}
		throw new AssertionError("the JVM ended: " + said);
	}

	private List<Path> stacks() throws IOException {
		try (Stream<Path> files = Files.list(this.temporary)) {
			return files.filter(Files::isDirectory)
				.filter((file) -> file.getFileName().toString().startsWith("client-invitations-stack"))
				.toList();
		}
	}

	/** Uses the shared stack until its input ends. */
	static final class User {

		static final String SAYS = "postgres=";

		private User() {
		}

		public static void main(String[] arguments) throws IOException {
			Stack.shared().postgres().uniqueDatabase("user");
			long pid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
			System.out.println(SAYS + pid);
			while (System.in.read() >= 0) {
				// Nobody says anything.
			}
		}

	}

}
