package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ChildProcessIT {

	private final Path record;

	private final Path log;

	ChildProcessIT(@TempDir Path folder) {
		this.record = folder.resolve("process");
		this.log = folder.resolve("log");
	}

	@Test
	void isEndedByALaterRun() {
		ChildProcess left = start("sleep", "60");

		ChildProcess.endRecorded("sleep", this.record);

		assertThat(left.isAlive()).isFalse();
		assertThat(this.record).doesNotExist();
	}

	@Test
	void sparesAProcessThatGotItsIdSince() throws IOException {
		ChildProcess other = start("sleep", "60");
		Files.writeString(this.record, other.pid() + " " + Instant.now().minus(Duration.ofHours(1)));

		ChildProcess.endRecorded("sleep", this.record);

		assertThat(other.isAlive()).isTrue();
		assertThat(this.record).doesNotExist();
		other.stop(Duration.ofSeconds(5));
	}

	@Test
	void isKilledWhenItDoesNotListen() {
		ChildProcess deaf = start("sh", "-c", "trap '' TERM; while :; do sleep 1; done");

		deaf.stop(Duration.ofMillis(200));

		assertThat(deaf.isAlive()).isFalse();
		assertThat(this.record).doesNotExist();
	}

	@Test
	void isGivenItsTimeByAThreadThatIsInterrupted() throws IOException {
		ChildProcess slow = start("sh", "-c",
				"trap 'sleep 1; echo goodbye; exit' TERM; echo hello; while :; do sleep 0.1; done");
		Awaitility.await().until(() -> Files.readString(this.log).contains("hello"));

		Thread.currentThread().interrupt();
		slow.stop(Duration.ofSeconds(10));

		assertThat(Thread.interrupted()).isTrue();
		assertThat(slow.isAlive()).isFalse();
		assertThat(this.log).content().contains("goodbye");
	}

	@Test
	void tellsWhatItSaidAtLast() throws InterruptedException {
		ChildProcess failed = start("sh", "-c", "echo no space left; exit 3");

		assertThat(failed.awaitExit(Duration.ofSeconds(10))).hasValue(3);
		assertThatIllegalStateException().isThrownBy(failed::requireAlive)
			.withMessageContaining("ended with exit code 3: no space left");
	}

	private ChildProcess start(String... command) {
		return ChildProcess.start(command[0], List.of(command), Map.of(), this.record, this.log);
	}

}
