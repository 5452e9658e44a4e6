package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DataFolderIT {

	@Test
	void isClearedWithItsProcessesWhenItsOwnerWasKilled() throws IOException {
		DataFolder abandoned = TemporaryFolders.claim("devstack-test");
		Path part = abandoned.folder("part");
		ChildProcess left = ChildProcess.start("sleep", List.of("sleep", "60"), Map.of(), part.resolve("process"),
				part.resolve("log"));
		abandoned.close();

		DataFolder next = TemporaryFolders.claim("devstack-test");

		assertThat(left.isAlive()).isFalse();
		assertThat(abandoned.path()).doesNotExist();
		assertThat(next.path()).exists();
		next.delete();
	}

	@Test
	void isLeftAloneWhileItsOwnerHoldsIt() throws IOException {
		DataFolder held = TemporaryFolders.claim("devstack-test");
		Files.writeString(held.path().resolve("data"), "mine");

		TemporaryFolders.claim("devstack-test").delete();

		assertThat(held.path().resolve("data")).hasContent("mine");
		held.delete();
		assertThat(held.path()).doesNotExist();
	}

}
