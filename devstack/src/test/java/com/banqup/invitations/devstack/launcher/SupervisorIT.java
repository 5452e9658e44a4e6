package com.banqup.invitations.devstack.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.host.ChildProcess;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** With processes that can really be killed. */
class SupervisorIT {

	@TempDir
	private Path folder;

	private final Supervisor supervisor = new Supervisor("toy", this::launch, () -> true,
			new Supervisor.Settings(new Backoff(Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMinutes(1)),
					Duration.ofMinutes(1), Duration.ofSeconds(5)),
			new Announcements(new Console(System.out, false)), InstantSource.system());

	@AfterEach
	void stop() {
		this.supervisor.retire();
	}

	@Test
	void restartsAServiceThatIsKilled() {
		this.supervisor.start();
		ProcessHandle first = running();

		first.destroyForcibly();

		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> ChildProcess.recorded(record()).filter((next) -> next.pid() != first.pid()).isPresent());
	}

	@Test
	void leavesNoProcessAndNoRecordWhenItIsStopped() {
		this.supervisor.start();
		ProcessHandle process = running();

		this.supervisor.stop();

		assertThat(process.isAlive()).isFalse();
		assertThat(record()).doesNotExist();
	}

	@Test
	void aLaterLauncherEndsWhatAKilledOneLeft() {
		this.supervisor.start();
		ProcessHandle process = running();

		ChildProcess.endRecorded("toy", record());

		assertThat(process.isAlive()).isFalse();
	}

	@Test
	void neverEndsAProcessThatOnlyHasTheSameId() throws Exception {
		Process other = new ProcessBuilder("sleep", "600").start();
		try {
			Files.writeString(record(), other.pid() + " 2020-01-01T00:00:00Z\n");

			ChildProcess.endRecorded("toy", record());

			assertThat(other.isAlive()).isTrue();
		}
		finally {
			other.destroyForcibly();
		}
	}

	private ProcessHandle running() {
		return ChildProcess.recorded(record()).orElseThrow();
	}

	private Path record() {
		return this.folder.resolve("toy.process");
	}

	private ServiceProcess launch() {
		ChildProcess process = ChildProcess.start("toy", List.of("sleep", "600"), Map.of(), record(),
				this.folder.resolve("toy.log"));
		return new ServiceProcess() {

			@Override
			public OptionalInt awaitExit(Duration patience) throws InterruptedException {
				return process.awaitExit(patience);
			}

			@Override
			public void stop(Duration patience) {
				process.stop(patience);
			}

		};
	}

}
