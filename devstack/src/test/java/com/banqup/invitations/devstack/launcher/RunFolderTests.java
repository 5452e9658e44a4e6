package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RunFolderTests {

	@TempDir
	private Path temp;

	@Test
	void aFolderThatWasNotThereIsNewOnce() {
		Path data = this.temp.resolve("a/b");

		try (RunFolder first = RunFolder.open(data)) {
			assertThat(first.isNew()).isTrue();
		}
		try (RunFolder second = RunFolder.open(data)) {
			assertThat(second.isNew()).isFalse();
		}
	}

	@Test
	void isHeldByOneAtATime() {
		try (RunFolder held = RunFolder.open(this.temp)) {
			assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> RunFolder.open(this.temp))
				.withMessageContaining("is in use by process " + ProcessHandle.current().pid())
				.withMessageContaining("--data DIR");
			assertThat(held.isNew()).isTrue();
		}
	}

	@Test
	void refusesAFolderThatItDidNotMake() throws IOException {
		Path photo = Files.createFile(this.temp.resolve("photo.jpg"));

		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> RunFolder.open(this.temp))
			.withMessageContaining("was not made by this program");
		assertThat(this.temp).isDirectoryContaining(photo::equals)
			.isDirectoryNotContaining((file) -> !file.equals(photo));
	}

	@Test
	void emptiesWhatItMadeAndFollowsNoLink() throws IOException {
		Path other = Files.createDirectory(this.temp.resolve("other"));
		Path precious = Files.createFile(other.resolve("precious"));
		Path data = this.temp.resolve("data");
		try (RunFolder folder = RunFolder.open(data)) {
			Files.createFile(folder.folder("stack/kafka").resolve("log"));
			Files.createSymbolicLink(folder.file("link"), other);

			folder.empty();

			assertThat(folder.isNew()).isTrue();
			assertThat(folder.file("stack")).doesNotExist();
			assertThat(folder.file("link")).doesNotExist();
			assertThat(precious).exists();
		}
		try (RunFolder again = RunFolder.open(data)) {
			assertThat(again.isNew()).isFalse();
		}
	}

}
