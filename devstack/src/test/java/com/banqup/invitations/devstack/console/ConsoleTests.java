package com.banqup.invitations.devstack.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleTests {

	private static final String CLEAR = "\r\033[K";

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);

	@Test
	void aFileGetsALineForEveryTenthAndNoControlCodes() {
		Console console = console(false);
		try (ProgressBar bar = new ProgressBar(console, "mails sent", 1000, this.clock)) {
			for (int done = 0; done <= 1000; done++) {
				bar.update(done);
			}
		}

		assertThat(written().lines()).hasSize(11).allMatch((line) -> line.contains("mails sent"));
		assertThat(written()).doesNotContain("\r", "\033");
		assertThat(written().lines().toList().getLast()).contains("1000/1000");
	}

	@Test
	void aTerminalKeepsTheBarOnTheLastLineWhileLinesAppearAbove() {
		Console console = console(true);
		try (ProgressBar bar = new ProgressBar(console, "mails sent", 4, this.clock)) {
			bar.update(1);
			console.line("kafka is stopped");
			bar.update(4);
		}

		assertThat(screen()).containsExactly("kafka is stopped",
				"  mails sent                 [##############################] 4/4  0/s");
	}

	@Test
	void nothingToDoIsDone() {
		try (ProgressBar bar = new ProgressBar(console(false), "clients added", 0, this.clock)) {
			bar.update(0);
		}

		assertThat(written()).contains("0/0");
	}

	/** What is left to see: each line after its last clearing. */
	private Iterable<String> screen() {
		return Arrays.stream(written().split("\n"))
			.map((line) -> line.substring(line.lastIndexOf(CLEAR) + CLEAR.length()))
			.toList();
	}

	private Console console(boolean terminal) {
		return new Console(new PrintStream(this.bytes, true, StandardCharsets.UTF_8), terminal);
	}

	private String written() {
		return this.bytes.toString(StandardCharsets.UTF_8);
	}

}
