package com.banqup.invitations.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static com.banqup.invitations.cli.StubServer.BATCH;
import static com.banqup.invitations.cli.StubServer.SPACE;
import static com.banqup.invitations.cli.StubServer.batch;
import static com.banqup.invitations.cli.StubServer.event;
import static com.banqup.invitations.cli.StubServer.events;
import static com.banqup.invitations.cli.StubServer.eventsThenSilence;
import static com.banqup.invitations.cli.StubServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The script and the jar that it runs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InviteIT {

	private static final String BATCHES = "/invitation-batches";

	private static final String PROGRESS = BATCHES + "/" + BATCH + "/progress";

	private final StubServer server = new StubServer();

	@SuppressWarnings("NullAway.Init")
	private Process invite;

	@TempDir
	private Path folder;

	@BeforeEach
	void aServer() {
		this.server.on("POST", BATCHES, json(202, batch("RUNNING", "\"rows\":1,\"waiting\":1")))
			.on("GET", PROGRESS, events(event(1, batch("COMPLETED", "\"rows\":1,\"invited\":1,\"sent\":1"))));
	}

	@AfterEach
	void close() {
		this.invite.destroyForcibly();
		this.server.close();
	}

	/** The script gives it 96 MB of heap, buffers of the connection included. */
	@Test
	void uploadsAFileThatIsMuchLargerThanItsMemory() throws IOException, InterruptedException {
		long size = 128L << 20;
		Path file = this.folder.resolve("large.csv");
		try (OutputStream out = Files.newOutputStream(file)) {
			byte[] piece = new byte[1 << 20];
			Arrays.fill(piece, (byte) 'x');
			for (int i = 0; i < 128; i++) {
				out.write(piece);
			}
		}

		assertThat(end(invite("batch", file.toString(), "--template", SPACE))).contains("COMPLETED");

		assertThat(this.server.asked("POST", BATCHES).getFirst().size()).isEqualTo(size);
		assertThat(this.invite.exitValue()).isZero();
	}

	@Test
	void saysAtCtrlCThatTheBatchGoesOn() throws IOException, InterruptedException {
		assumeThat(ignoresInterrupts()).as("what was started in the background of a script ignores Ctrl-C").isFalse();
		this.server.on("GET", PROGRESS, eventsThenSilence(event(1, batch("RUNNING", "\"rows\":1,\"waiting\":1"))));
		BufferedReader output = invite("follow", BATCH);
		String line = output.readLine();
		while (line != null && !line.contains("0 of 1 rows")) {
			line = output.readLine();
		}

		new ProcessBuilder("kill", "-INT", Long.toString(this.invite.pid())).start().waitFor();

		assertThat(end(output))
			.contains("The batch goes on without this program.", "follow " + BATCH, "cancel " + BATCH)
			.doesNotContain("s3cret");
		assertThat(this.invite.exitValue()).isEqualTo(130);
	}

	private static boolean ignoresInterrupts() throws IOException, InterruptedException {
		return new ProcessBuilder("bash", "-c", "kill -INT $$; exit 0").start().waitFor() == 0;
	}

	private BufferedReader invite(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("bash", Path.of("..", "invite").toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
		script.environment().put("JAVA_HOME", System.getProperty("java.home"));
		script.environment().put("INVITE_URL", this.server.url().toString());
		script.environment().put("INVITE_PARTNER_SPACE", SPACE);
		script.environment().put("INVITE_TOKEN", "s3cret");
		this.invite = script.start();
		return this.invite.inputReader();
	}

	private String end(BufferedReader output) throws InterruptedException {
		String rest = output.lines().collect(Collectors.joining("\n"));
		this.invite.waitFor();
		return rest;
	}

}
