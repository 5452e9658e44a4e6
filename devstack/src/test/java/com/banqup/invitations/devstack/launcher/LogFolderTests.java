package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LogFolderTests {

	private static final int LIMIT = 100;

	@TempDir
	private Path folder;

	private LogFolder logs;

	@BeforeEach
	void setUp() {
		this.logs = new LogFolder(this.folder, LIMIT);
	}

	@Test
	void leavesASmallFileAlone() throws IOException {
		Files.writeString(this.logs.of("invite-api"), "x".repeat(LIMIT));

		this.logs.turn();

		assertThat(this.logs.of("invite-api")).hasSize(LIMIT);
	}

	@Test
	void turnsALargeFileUnderTheProcessThatWritesIt() throws IOException {
		Path log = this.logs.of("invite-api");
		try (OutputStream process = Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
			process.write("x".repeat(LIMIT + 1).getBytes(StandardCharsets.UTF_8));
			this.logs.turn();
			process.write("goes on".getBytes(StandardCharsets.UTF_8));
		}

		assertThat(log).hasContent("goes on");
		assertThat(this.folder.resolve("invite-api.1.log")).hasContent("x".repeat(LIMIT + 1));
	}

	@Test
	void keepsOneOlderFileOnly() throws IOException {
		for (int turn = 0; turn < 3; turn++) {
			Files.writeString(this.logs.of("stack"), String.valueOf(turn).repeat(LIMIT + 1));
			this.logs.turn();
		}

		assertThat(this.folder.resolve("stack.1.log")).content().startsWith("2");
		assertThat(this.folder.toFile().list()).containsExactlyInAnyOrder("stack.log", "stack.1.log");
	}

	@Test
	void showsTheLastLines() throws IOException {
		Files.writeString(this.logs.of("invite-api"), "first\nsecond\nthird\n");

		assertThat(this.logs.lastLines("invite-api", 2)).containsExactly("second", "third");
		assertThat(this.logs.lastLines("never-started", 2)).isEmpty();
	}

}
