package com.banqup.invitations.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConsoleTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@Test
	void notesAppearAboveTheBar() {
		Console console = console(true, 80);

		try (ProgressLine line = new ProgressLine(console, false)) {
			line.show("Inviting", 1, 4, "1 of 4");
			console.note("something");
		}

		String bar = "Inviting   [######..................]  25 %  1 of 4";
		assertThat(text(this.err))
			.isEqualToNormalizingNewlines("\r\033[K" + bar + "\r\033[Ksomething\n\r\033[K" + bar + "\r\033[K");
	}

	@Test
	void theBarIsNeverWiderThanTheTerminal() {
		new ProgressLine(console(true, 20), false).show("Inviting", 1, 4, "1 of 4");

		assertThat(text(this.err)).isEqualTo("\r\033[KInviting   [######.");
	}

	@Test
	void elsewhereThereIsALineForEveryTenth() {
		ProgressLine line = new ProgressLine(console(false, 80), false);

		for (int done = 0; done <= 1000; done++) {
			line.show("Inviting", done, 1000, done + " rows");
		}
		line.show("Completed", 1000, 1000, "all");

		assertThat(text(this.err).lines()).hasSize(12)
			.doesNotHaveDuplicates()
			.last()
			.asString()
			.startsWith("Completed");
		assertThat(text(this.err)).doesNotContain("\033");
	}

	@Test
	void passesOnNothingThatATerminalWouldObey() {
		console(false, 80).answer("a\033[31mb\nc\u009bd\u202ee é 漢");

		assertThat(text(this.out)).isEqualToNormalizingNewlines("a [31mb c d e é 漢\n");
	}

	@Test
	void writesNumbersAndTimesForPeople() {
		assertThat(Texts.number(1_000_000)).isEqualTo("1,000,000");
		assertThat(Texts.size(17)).isEqualTo("17 B");
		assertThat(Texts.size(1536)).isEqualTo("1.5 KB");
		assertThat(Texts.size(512L << 20)).isEqualTo("512 MB");
		assertThat(Texts.duration(Duration.ofMillis(1234))).isEqualTo("1.2 s");
		assertThat(Texts.duration(Duration.ofSeconds(123))).isEqualTo("2 min 3 s");
		assertThat(Texts.duration(Duration.ofSeconds(7322))).isEqualTo("2 h 2 min");
		Instant now = Instant.parse("2026-03-01T10:00:00Z");
		assertThat(Texts.time(now.plusSeconds(61), now, ZoneOffset.UTC)).isEqualTo("10:01:01");
		assertThat(Texts.time(now.plusSeconds(86400), now, ZoneOffset.UTC)).isEqualTo("2026-03-02 10:00");
	}

	private Console console(boolean terminal, int columns) {
		return new Console(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), terminal, columns);
	}

	private static String text(ByteArrayOutputStream bytes) {
		return bytes.toString(StandardCharsets.UTF_8);
	}

}
