package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

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
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			for (int i = 0; i < 2_000; i++) {
				threads.submit(() -> DataFolder.tryLock(folder).ifPresent((held) -> {
					most.accumulateAndGet(holders.incrementAndGet(), Math::max);
					turns.incrementAndGet();
					holders.decrementAndGet();
					held.close();
				}));
			}
		}

		assertThat(turns).hasPositiveValue();
		assertThat(most).hasValue(1);
	}

}
