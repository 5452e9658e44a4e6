package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DataFolderIT {

	@Test
	void isClearedWithItsProcessesWhenItsOwnerWasKilled() throws IOException {
		DataFolder abandoned = TemporaryFolders.claim("client-invitations-test");
		Path part = abandoned.folder("part");
		ChildProcess left = ChildProcess.start("sleep", List.of("sleep", "60"), Map.of(), part.resolve("process"),
				part.resolve("log"));
		abandoned.close();

		DataFolder next = TemporaryFolders.claim("client-invitations-test");

		assertThat(left.isAlive()).isFalse();
		assertThat(abandoned.path()).doesNotExist();
		assertThat(next.path()).exists();
		next.delete();
	}

	@Test
	void isLeftAloneWhileItsOwnerHoldsIt() throws IOException {
		DataFolder held = TemporaryFolders.claim("client-invitations-test");
		Files.writeString(held.path().resolve("data"), "mine");

		TemporaryFolders.claim("client-invitations-test").delete();

		assertThat(held.path().resolve("data")).hasContent("mine");
		held.delete();
		assertThat(held.path()).doesNotExist();
	}

	@Test
	void isNeverHeldByTwoHoweverFastItChangesHands(@TempDir Path folder) throws Exception {
		AtomicInteger holders = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		AtomicInteger turns = new AtomicInteger();
		Callable<Void> turn = () -> {
			DataFolder.tryLock(folder).ifPresent((held) -> {
				most.accumulateAndGet(holders.incrementAndGet(), Math::max);
				turns.incrementAndGet();
				holders.decrementAndGet();
				held.close();
			});
			return null;
		};
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (Future<Void> done : threads.invokeAll(Collections.nCopies(2_000, turn))) {
				done.get();
			}
		}

		assertThat(turns).hasPositiveValue();
		assertThat(most).hasValue(1);
	}

	@Test
	void isKeptFromOtherProcessesAfterThisOneAskedForItAgain(@TempDir Path folder) throws Exception {
		try (DataFolder held = DataFolder.lock(folder)) {
			assertThat(DataFolder.tryLock(folder)).isEmpty();
			assertThatIllegalStateException().isThrownBy(() -> DataFolder.lock(folder))
				.withMessageContaining("is in use by process " + ProcessHandle.current().pid());

			assertThat(lockedByAnotherProcess(held.path())).endsWith("refused");
		}

		assertThat(lockedByAnotherProcess(folder)).endsWith("taken");
	}

	private static String lockedByAnotherProcess(Path folder) throws IOException {
		Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), OtherProcess.class.getName(), folder.toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	static final class OtherProcess {

		static void main(String[] arguments) {
			System.out.print(DataFolder.tryLock(Path.of(arguments[0])).isPresent() ? "taken" : "refused");
		}

	}

}
