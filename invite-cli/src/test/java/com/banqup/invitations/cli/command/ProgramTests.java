package com.banqup.invitations.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import com.banqup.invitations.cli.StubServer;
import com.banqup.invitations.cli.StubServer.Answer;
import com.banqup.invitations.cli.api.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static com.banqup.invitations.cli.StubServer.BATCH;
import static com.banqup.invitations.cli.StubServer.SPACE;
import static com.banqup.invitations.cli.StubServer.batch;
import static com.banqup.invitations.cli.StubServer.breakAfter;
import static com.banqup.invitations.cli.StubServer.busy;
import static com.banqup.invitations.cli.StubServer.event;
import static com.banqup.invitations.cli.StubServer.events;
import static com.banqup.invitations.cli.StubServer.eventsThenBreak;
import static com.banqup.invitations.cli.StubServer.eventsThenBreakOnce;
import static com.banqup.invitations.cli.StubServer.eventsThenSilence;
import static com.banqup.invitations.cli.StubServer.json;
import static com.banqup.invitations.cli.StubServer.problem;
import static com.banqup.invitations.cli.StubServer.refuseAfter;
import static com.banqup.invitations.cli.StubServer.replayed;
import static com.banqup.invitations.cli.StubServer.silence;
import static com.banqup.invitations.cli.StubServer.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Every command against a server that plays what can happen. */
@Timeout(20)
class ProgramTests {

	private static final String BATCHES = "/invitation-batches";

	private static final String ONE = BATCHES + "/" + BATCH;

	private static final String TEMPLATE = "0199a000-0000-7000-8000-00000000000c";

	private static final String SECRET = "s3cret-token";

	private static final String RUNNING = batch("RUNNING", "\"rows\":2,\"waiting\":1,\"invited\":1,\"queued\":1");

	private static final String ALL_INVITED = batch("COMPLETED", "\"rows\":2,\"invited\":2,\"sent\":2");

	private static final String CLIENTS = "name,email\nBakkerij A,a@example.com\nMenuiserie B,b@example.com\n";

	private final StubServer server = new StubServer();

	private final List<Duration> pauses = new ArrayList<>();

	private final Map<String, String> environment = new HashMap<>();

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private Instant now = Instant.parse("2026-03-01T10:00:00Z");

	private boolean terminal;

	private String input = "";

	@TempDir
	private Path folder;

	private Path file;

	@BeforeEach
	void aServerThatDoesWhatItIsAsked() throws IOException {
		this.environment.put("INVITE_TOKEN", SECRET);
		this.environment.put("INVITE_URL", this.server.url().toString());
		this.environment.put("INVITE_PARTNER_SPACE", SPACE);
		this.file = Files.writeString(this.folder.resolve("clients.csv"), CLIENTS);
		this.server.on("POST", BATCHES, json(202, RUNNING))
			.on("GET", ONE, json(200, ALL_INVITED))
			.on("GET", ONE + "/progress", events(": heartbeat\n\n", event(1, RUNNING), event(2, ALL_INVITED)));
	}

	@AfterEach
	void nobodySawTheToken() {
		this.server.close();

		assertThat(out() + err()).doesNotContain(SECRET);
	}

	private int invite(String... arguments) {
		Patience patience = new Patience(4, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5),
				Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMinutes(10), Duration.ofSeconds(2));
		Program program = new Program(new Surroundings("./invite", this.folder, this.environment,
				new ByteArrayInputStream(this.input.getBytes(StandardCharsets.UTF_8)), new PrintStream(this.out, true),
				new PrintStream(this.err, true), this.terminal, 100, () -> this.now, ZoneOffset.UTC, this::pause,
				patience));
		int exit = program.run(arguments);
		program.interruption().say(program.console()); // as the end of the process does
		return exit;
	}

	private int batchOf(Path file, String... more) {
		return invite(Stream.concat(Stream.of("batch", file.toString(), "--template", TEMPLATE), Arrays.stream(more))
			.toArray(String[]::new));
	}

	private void pause(Duration pause) {
		this.pauses.add(pause);
		this.now = this.now.plus(pause);
	}

	private String out() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private String err() {
		return this.err.toString(StandardCharsets.UTF_8);
	}

	private List<StubServer.Asked> uploads() {
		return this.server.asked("POST", BATCHES);
	}

	@Nested
	class Uploading {

		@Test
		void sendsTheFileAndFollowsTheBatchToItsEnd() {
			assertThat(batchOf(ProgramTests.this.file)).isZero();

			StubServer.Asked upload = uploads().getFirst();
			assertThat(upload.body()).isEqualTo(CLIENTS);
			assertThat(upload.query()).isEqualTo("templateId=" + TEMPLATE);
			assertThat(upload.header("Authorization")).isEqualTo("Bearer " + SECRET);
			assertThat(upload.header("Content-Type")).isEqualTo("text/csv");
			assertThat(upload.header("Content-Length")).isEqualTo(Integer.toString(CLIENTS.length()));
			assertThat(upload.header("Idempotency-Key")).matches("invite-[0-9a-f]{40}");
			assertThat(err()).contains("Idempotency-Key: " + upload.header("Idempotency-Key"))
				.contains("Inviting     0 %  0 of 2 rows  813/s")
				.contains("Completed  100 %  2 of 2 rows");
			assertThat(out()).contains("COMPLETED  after 2 min 3 s").contains("invited               2  mails: sent 2");
			assertThat(ProgramTests.this.pauses).isEmpty();
		}

		@Test
		void repeatingTheCommandRepeatsTheKeyAndAnotherRequestHasAnother() {
			batchOf(ProgramTests.this.file);
			batchOf(ProgramTests.this.file);
			batchOf(ProgramTests.this.file, "--dry-run");
			batchOf(ProgramTests.this.file, "--idempotency-key", "mine");

			List<String> keys = uploads().stream().map((upload) -> upload.header("Idempotency-Key")).toList();
			assertThat(keys.get(1)).isEqualTo(keys.get(0));
			assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
			assertThat(keys.get(3)).isEqualTo("mine");
			assertThat(uploads().get(2).query()).isEqualTo("templateId=" + TEMPLATE + "&dryRun=true");
		}

		@Test
		void beginsAgainWithTheSameKeyAfterTheConnectionBroke() throws IOException {
			String many = CLIENTS + "C,c@example.com\n".repeat(100_000);
			Files.writeString(ProgramTests.this.file, many);
			ProgramTests.this.server.on("POST", BATCHES, breakAfter(200_000), breakAfter(400_000), json(202, RUNNING));

			assertThat(batchOf(ProgramTests.this.file)).isZero();

			assertThat(uploads()).hasSize(3)
				.extracting((upload) -> upload.header("Idempotency-Key"))
				.containsOnly(uploads().getFirst().header("Idempotency-Key"));
			assertThat(uploads().getLast().size()).isEqualTo(many.length());
			assertThat(ProgramTests.this.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
			assertThat(err()).contains("(attempt 2 of 4)");
		}

		@Test
		void givesUpAfterSomeAttemptsAndSaysHowToGoOn() {
			ProgramTests.this.server.on("POST", BATCHES, breakAfter(10));

			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(1);

			assertThat(uploads()).hasSize(4);
			assertThat(err()).contains("The server cannot be reached")
				.contains("nothing of it is sent to clients")
				.contains("--idempotency-key " + uploads().getFirst().header("Idempotency-Key"));
		}

		@Test
		void saysWhichBatchHasTheRowsOfAFileThatChanged() {
			Answer taken = json(202, RUNNING);
			ProgramTests.this.server.on("POST", BATCHES, (exchange, request, server) -> {
				exchange.getRequestBody().readAllBytes();
				Files.writeString(ProgramTests.this.file, "D,d@example.com\n", StandardOpenOption.APPEND);
				taken.give(exchange, request, server);
			});

			assertThat(batchOf(ProgramTests.this.file)).isZero();

			assertThat(uploads()).hasSize(1);
			assertThat(err()).contains("clients.csv changed while it was being uploaded")
				.contains("to stop them:  ./invite cancel " + BATCH);
			assertThat(out()).contains("COMPLETED");
		}

		@Test
		void doesNotSendAFileAgainThatChanged() {
			ProgramTests.this.server.on("POST", BATCHES, (exchange, request, server) -> {
				Files.writeString(ProgramTests.this.file, "D,d@example.com\n", StandardOpenOption.APPEND);
				throw new IOException("broken on purpose");
			});

			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(1);

			assertThat(uploads()).hasSize(1);
			assertThat(err()).contains("Nothing of it is sent to clients, unless all of it had arrived");
		}

		@Test
		void givesUpOnAServerThatTakesTheFileAndFallsSilent() {
			ProgramTests.this.server.on("POST", BATCHES, silence(), json(202, RUNNING));

			assertThat(batchOf(ProgramTests.this.file)).isZero();

			assertThat(err()).contains("the server took and sent nothing for 0.4 s");
		}

		@Test
		void comesBackWhenTheServerSays() {
			ProgramTests.this.server.on("POST", BATCHES, busy(429, "7"), busy(503, "Sun, 01 Mar 2026 10:00:10 GMT"),
					json(202, RUNNING));

			assertThat(batchOf(ProgramTests.this.file)).isZero();

			assertThat(ProgramTests.this.pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(3));
		}

		@Test
		void doesNotWaitForHours() {
			ProgramTests.this.server.on("POST", BATCHES, busy(429, "7200"));

			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(1);

			assertThat(ProgramTests.this.pauses).isEmpty();
			assertThat(err()).contains("The server asks to come back in 2 h 0 min");
		}

		@Test
		void goesOnAfterATimeoutOfTheUpload() {
			ProgramTests.this.server.on("POST", BATCHES, problem(408, "upload-timeout", "Too slow."),
					json(202, RUNNING));

			assertThat(batchOf(ProgramTests.this.file)).isZero();
		}

		@Test
		void showsAProblemInFullAndDoesNotRepeatIt() {
			ProgramTests.this.server.on("POST", BATCHES, json(400,
					"""
							{"type":"https://banqup.example/problems/invalid-columns","title":"Invalid columns","status":400,\
							"detail":"The header has no column email.","line":1,"errors":[{"field":"email","message":"is missing"},\
							{"line":3,"rowRef":"K-1","message":"is odd"}]}"""));

			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(1);

			assertThat(uploads()).hasSize(1);
			assertThat(err()).contains("Invalid columns: The header has no column email. (400, invalid-columns)")
				.contains("  email: is missing")
				.contains("  line 3, rowRef K-1: is odd")
				.contains("  line: 1");
		}

		@Test
		void showsAProblemThatComesInTheMiddleOfTheUpload() throws IOException {
			Files.writeString(ProgramTests.this.file, CLIENTS + "C,c@example.com\n".repeat(200_000));
			ProgramTests.this.server.on("POST", BATCHES,
					refuseAfter(500_000, problem(413, "too-many-rows", "Row 1000001 is one too many.")));

			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(1);

			assertThat(err()).contains("Row 1000001 is one too many. (413, too-many-rows)");
		}

		@Test
		void saysWhatAnUploadThatTookOverMeans() {
			ProgramTests.this.server.on("POST", BATCHES, problem(409, "upload-superseded", "A newer one."));

			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(1);

			assertThat(uploads()).hasSize(1);
			assertThat(err()).contains("perhaps this command in another window");
		}

		@Test
		void saysThatAnEarlierCommandMadeTheBatch() {
			ProgramTests.this.server.on("POST", BATCHES, replayed(json(202, ALL_INVITED)));

			assertThat(batchOf(ProgramTests.this.file)).isZero();

			assertThat(err()).contains("These rows were uploaded before");
		}

		@Test
		void compressesOnTheWay() throws IOException {
			assertThat(batchOf(ProgramTests.this.file, "--gzip")).isZero();

			StubServer.Asked upload = uploads().getFirst();
			assertThat(upload.header("Content-Encoding")).isEqualTo("gzip");
			assertThat(new GZIPInputStream(new ByteArrayInputStream(upload.bytes())).readAllBytes())
				.asString(StandardCharsets.UTF_8)
				.isEqualTo(CLIENTS);
		}

		@Test
		void namesTheFileThatIsCutOff() throws IOException {
			Path whole = ProgramTests.this.folder.resolve("whole.csv.gz");
			try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
				out.write(CLIENTS.getBytes(StandardCharsets.UTF_8));
			}
			byte[] bytes = Files.readAllBytes(whole);
			Path cut = Files.write(ProgramTests.this.folder.resolve("cut.csv.gz"),
					Arrays.copyOf(bytes, bytes.length - 12));
			bytes[bytes.length - 7] ^= 1;
			Path damaged = Files.write(ProgramTests.this.folder.resolve("damaged.csv.gz"), bytes);

			assertThat(batchOf(cut)).isEqualTo(1);
			assertThat(batchOf(damaged)).isEqualTo(1);

			assertThat(err()).contains("cut.csv.gz is compressed, and cannot be decompressed to its end")
				.contains("damaged.csv.gz is compressed")
				.doesNotContain("ZLIB");
			assertThat(uploads()).isEmpty();
		}

		@Test
		void readsTheStandardInputAndLeavesNothingBehind() throws IOException {
			ProgramTests.this.input = "{\"name\":\"A\",\"email\":\"a@example.com\"}\n";
			ProgramTests.this.server.on("POST", BATCHES, breakAfter(5), json(202, RUNNING));

			assertThat(batchOf(Path.of("-"), "--format", "ndjson")).isZero();

			assertThat(uploads().getLast().body()).isEqualTo(ProgramTests.this.input);
			assertThat(uploads().getLast().header("Content-Type")).isEqualTo("application/x-ndjson");
		}

		@Test
		void endsOnceTheServerHasTheFileIfItIsNotToFollow() {
			assertThat(batchOf(ProgramTests.this.file, "--no-follow")).isZero();

			assertThat(out()).isEqualToIgnoringNewLines(BATCH);
			assertThat(err()).doesNotContain("interrupted").contains("./invite follow " + BATCH);
			assertThat(ProgramTests.this.server.asked("GET", ONE + "/progress")).isEmpty();
		}

		@Test
		void takesTheTemplateByItsName() {
			ProgramTests.this.server.on("GET", "/configuration-templates",
					json(200, "{\"items\":[{\"id\":\"" + SPACE + "\",\"name\":\"Old\"}],\"nextCursor\":\"a+b\"}"),
					json(200, "{\"items\":[{\"id\":\"" + TEMPLATE + "\",\"name\":\"New clients\"}]}"));

			assertThat(invite("batch", ProgramTests.this.file.toString(), "--template", "New clients")).isZero();

			assertThat(uploads().getFirst().query()).isEqualTo("templateId=" + TEMPLATE);
			assertThat(ProgramTests.this.server.asked("GET", "/configuration-templates").getLast().query())
				.isEqualTo("limit=100&cursor=a+b");
		}

		@Test
		void doesNotGuessTheTemplate() {
			ProgramTests.this.server.on("GET", "/configuration-templates", json(200, "{\"items\":[{\"id\":\"" + SPACE
					+ "\",\"name\":\"Same\"},{\"id\":\"" + TEMPLATE + "\",\"name\":\"Same\"}]}"));

			assertThat(invite("batch", ProgramTests.this.file.toString(), "--template", "Same")).isEqualTo(2);
			assertThat(invite("batch", ProgramTests.this.file.toString(), "--template", "Other")).isEqualTo(2);

			assertThat(err()).contains("2 are named 'Same'").contains(TEMPLATE).contains("none named 'Other'");
			assertThat(uploads()).isEmpty();
		}

		@Test
		void refusesWhatItCannotDoBeforeItBegins() {
			assertThat(invite("batch", "nowhere.csv", "--template", TEMPLATE)).isEqualTo(2);
			assertThat(invite("batch", "-", "--template", TEMPLATE)).isEqualTo(2);
			assertThat(batchOf(ProgramTests.this.file, "--report", "/nowhere/r.csv")).isEqualTo(2);
			assertThat(invite("batch", ProgramTests.this.file.toString())).isEqualTo(2);
			assertThat(invite("nonsense")).isEqualTo(2);
			assertThat(invite()).isEqualTo(2);
			ProgramTests.this.environment.put("INVITE_PARTNER_SPACE", "nonsense");
			assertThat(batchOf(ProgramTests.this.file)).isEqualTo(2);

			assertThat(ProgramTests.this.server.asked()).isEmpty();
		}

	}

	@Nested
	class Following {

		@Test
		void goesOnFromTheLastEventAfterTheConnectionBroke() {
			progress(
					eventsThenBreakOnce(() -> err().contains("0 of 9 rows"), event(41, RUNNING),
							event(42, batch("RUNNING", "\"rows\":9,\"waiting\":9").replace("RUNNING", "RECEIVING"))),
					events(event(43, ALL_INVITED)));

			assertThat(invite("follow", BATCH)).isZero();

			List<StubServer.Asked> streams = ProgramTests.this.server.asked("GET", ONE + "/progress");
			assertThat(streams).hasSize(2);
			assertThat(streams.getFirst().header("Last-Event-ID")).isEqualTo("null");
			assertThat(streams.getLast().header("Last-Event-ID")).isEqualTo("42");
			assertThat(out()).contains("COMPLETED");
		}

		@Test
		void takesNoEventThatWasCutShort() {
			progress(events("event: progress\nid: 9\ndata: " + ALL_INVITED + "\n"), events(event(9, ALL_INVITED)));

			assertThat(invite("follow", BATCH)).isZero();

			assertThat(ProgramTests.this.server.asked("GET", ONE + "/progress").getLast().header("Last-Event-ID"))
				.isEqualTo("null");
		}

		@Test
		void noticesThatTheServerFellSilent() {
			progress(eventsThenSilence(event(1, RUNNING)), events(event(2, ALL_INVITED)));

			assertThat(invite("follow", BATCH)).isZero();

			assertThat(err()).contains("nothing came for 0.4 s");
		}

		@Test
		void listensAgainWhenAStreamEndsTooEarly() {
			progress(events(event(1, RUNNING)), events(event(2, ALL_INVITED)));

			assertThat(invite("follow", BATCH)).isZero();
		}

		@Test
		void asksWhereThereAreNoEvents() {
			progress(problem(406, "not-acceptable", "No."));
			ProgramTests.this.server.on("GET", ONE, json(200, RUNNING), busy(503, "9"), json(200, ALL_INVITED));

			assertThat(invite("follow", BATCH)).isZero();

			assertThat(err()).contains("asking every 2 s instead");
			assertThat(ProgramTests.this.pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(9));
		}

		@Test
		void asksWhereSomethingElseAnswersOrTheStreamsBringNothing() {
			progress(text("text/html", "<html>a proxy's page</html>"));
			assertThat(invite("follow", BATCH)).isZero();

			progress(events(": only heartbeats\n\n"));
			assertThat(invite("follow", BATCH)).isZero();

			assertThat(ProgramTests.this.server.asked("GET", ONE + "/progress")).hasSize(4);
			assertThat(ProgramTests.this.server.asked("GET", ONE)).hasSize(2);
		}

		@Test
		void doesNotGoOnForEverWithoutAServer() {
			ProgramTests.this.server.close();

			assertThat(invite("follow", BATCH)).isEqualTo(1);

			assertThat(err()).contains("connection refused")
				.contains("The batch goes on without this program.")
				.contains("./invite follow " + BATCH)
				.contains("./invite cancel " + BATCH);
			assertThat(ProgramTests.this.now).isBefore(Instant.parse("2026-03-01T10:10:00Z"))
				.isAfter(Instant.parse("2026-03-01T10:09:00Z"));
		}

		@Test
		void endsWhenTheTokenHasEnded() {
			progress(problem(401, "unauthorized", "The token has ended."));

			assertThat(invite("follow", BATCH)).isEqualTo(1);

			assertThat(err()).contains("The token is not accepted").contains("./invite follow " + BATCH);
		}

		@Test
		void saysThatThereIsNoSuchBatch() {
			progress(problem(404, "batch-not-found", "There is no such batch."));
			ProgramTests.this.server.on("GET", ONE, problem(404, "batch-not-found", "There is no such batch."));

			assertThat(invite("follow", BATCH)).isEqualTo(1);

			assertThat(err()).contains("There is no such batch. (404, batch-not-found)")
				.contains("Is the id right")
				.doesNotContain("asking every", "goes on without", "./invite follow");
			assertThat(ProgramTests.this.server.asked()).hasSize(1);
		}

		@Test
		void endsAsTheBatchDid() {
			progress(events(event(1, batch("CANCELLED",
					"\"rows\":3,\"cancelled\":3,\"cancelledByReason\":{\"batch-cancelled\":2,\"revoked\":1}"))));
			assertThat(invite("follow", BATCH)).isEqualTo(4);
			assertThat(out()).contains("3  batch-cancelled 2, revoked 1");

			progress(events(event(1, batch("FAILED", "\"rows\":2,\"waiting\":2").replace("\"dryRun\"",
					"\"failure\":{\"code\":\"upload-incomplete\",\"detail\":\"Only 2 rows came.\"},\"dryRun\""))));
			assertThat(invite("follow", BATCH)).isEqualTo(5);

			assertThat(out()).contains("CANCELLED").contains("upload-incomplete: Only 2 rows came.");
		}

		@Test
		void showsTheFirstRowsThatWereLeftOutAndSavesAll() throws IOException {
			progress(events(event(1,
					batch("COMPLETED",
							"\"rows\":1000,\"invited\":990,\"sent\":980,\"rejected\":10,\"skipped\":4,\"invalid\":6,"
									+ "\"skippedByReason\":{\"already-linked\":1,\"already-invited\":3},"
									+ "\"invalidByReason\":{\"invalid-address\":6}"))));
			ProgramTests.this.server.on("GET", ONE + "/rows",
					json(200,
							"{\"items\":[{\"line\":12,\"rowRef\":\"K-1\",\"state\":\"INVALID\",\"reason\":"
									+ "\"invalid-address\",\"detail\":\"a@ is no\\u001b[31m address.\"}]}"),
					json(200, "{\"items\":[{\"line\":2,\"state\":\"SKIPPED\",\"reason\":\"already-linked\"}]}"),
					text("text/csv", "line,state\n2,INVITED\n"));
			Path report = ProgramTests.this.folder.resolve("report.csv");

			assertThat(invite("follow", BATCH, "--report", report.toString())).isEqualTo(3);

			assertThat(out()).contains("invalid               6  invalid-address 6")
				.contains("skipped               4  already-invited 3, already-linked 1")
				.contains("  line 12 (K-1) invalid, invalid-address: a@ is no [31m address.")
				.contains("and 5 more: ./invite rows " + BATCH + " --state invalid")
				.contains("  line 2 skipped, already-linked")
				.contains("mails: sent 980, rejected 10");
			assertThat(report).hasContent("line,state\n2,INVITED\n");
			assertThat(Files.list(ProgramTests.this.folder)).containsExactlyInAnyOrder(report, ProgramTests.this.file);
			assertThat(ProgramTests.this.server.asked("GET", ONE + "/rows").getLast().header("Accept"))
				.startsWith("text/csv");
		}

		@Test
		void movesABarOnATerminalAndTakesItAwayInTheEnd() {
			ProgramTests.this.terminal = true;
			progress(events(event(1, batch("RUNNING", "\"rows\":4,\"waiting\":2,\"invited\":2,\"sent\":2")),
					event(2, ALL_INVITED)));

			assertThat(invite("follow", BATCH)).isZero();

			assertThat(err()).contains("\r\033[KInviting   [############............]  50 %  2 of 4 rows  813/s")
				.endsWith("\r\033[K");
		}

		@Test
		void showsNothingIfThatIsWanted() {
			assertThat(invite("follow", BATCH, "--no-progress")).isZero();

			assertThat(err()).isEmpty();
			assertThat(out()).contains("COMPLETED");
		}

		private void progress(Answer... answers) {
			ProgramTests.this.server.on("GET", ONE + "/progress", answers);
		}

	}

	@Nested
	class OtherCommands {

		@Test
		void tellsTheStatus() {
			assertThat(invite("status", BATCH)).isZero();
			assertThat(invite("status", BATCH, "--json")).isZero();

			assertThat(out()).contains("Batch " + BATCH + "  COMPLETED").contains(ALL_INVITED);
		}

		@Test
		void cancels() {
			ProgramTests.this.server.on("POST", ONE + "/cancel", busy(503, "1"), json(202, RUNNING));

			assertThat(invite("cancel", BATCH)).isZero();

			assertThat(out()).contains("RUNNING");
			assertThat(ProgramTests.this.server.asked("POST", ONE + "/cancel")).hasSize(2);
		}

		@Test
		void waitsForTheEndOfACancelledBatchIfThatIsWanted() {
			ProgramTests.this.server.on("POST", ONE + "/cancel", json(202, RUNNING))
				.on("GET", ONE + "/progress",
						events(event(1, batch("CANCELLED", "\"rows\":2,\"invited\":1,\"cancelled\":1"))));

			assertThat(invite("cancel", BATCH, "--follow")).isEqualTo(4);
		}

		@Test
		void retriesTheFailedRowsAsTheyAre() {
			ProgramTests.this.server.on("POST", ONE + "/retry", busy(429, "1"), json(202, RUNNING));

			assertThat(invite("retry", BATCH)).isZero();

			List<StubServer.Asked> retries = ProgramTests.this.server.asked("POST", ONE + "/retry");
			assertThat(retries.getFirst().header("Idempotency-Key")).isNotEqualTo("null")
				.isEqualTo(retries.getLast().header("Idempotency-Key"));
			assertThat(out()).contains("COMPLETED");
		}

		@Test
		void retriesWithCorrectedRows() {
			ProgramTests.this.server.on("POST", ONE + "/retry", json(202, RUNNING));

			assertThat(invite("retry", BATCH, ProgramTests.this.file.toString())).isZero();

			StubServer.Asked retry = ProgramTests.this.server.asked("POST", ONE + "/retry").getFirst();
			assertThat(retry.body()).isEqualTo(CLIENTS);
			assertThat(retry.header("Content-Type")).isEqualTo("text/csv");
		}

		@Test
		void offersNoJsonForCorrections() throws IOException {
			Path json = Files.writeString(ProgramTests.this.folder.resolve("corrected.json"), "{}");

			assertThat(invite("retry", BATCH, json.toString())).isEqualTo(2);
			assertThat(invite("retry", BATCH, ProgramTests.this.file.toString(), "--format", "json")).isEqualTo(2);
			assertThat(invite("retry", "--help")).isZero();
			assertThat(invite("batch", "--help")).isZero();

			assertThat(err()).contains("corrected rows cannot be written in JSON (expected: csv or ndjson)");
			assertThat(out()).containsOnlyOnce("JSON object").contains("csv or ndjson.");
			assertThat(ProgramTests.this.server.asked()).isEmpty();
		}

		@Test
		void saysWhatIsWrongWithTheCommandLineInWords() {
			assertThat(invite("bogus")).isEqualTo(2);
			assertThat(invite("follow", "nope")).isEqualTo(2);
			assertThat(invite("follow", BATCH, "more")).isEqualTo(2);
			assertThat(invite("follow", BATCH, "--url", "http://a b")).isEqualTo(2);
			assertThat(invite("follow", BATCH, "--url", "notaurl")).isEqualTo(2);

			assertThat(err()).contains("there is no command 'bogus' (expected: batch, status, follow,")
				.contains("this is no id (expected: a UUID such as ")
				.contains("'more' is one argument too many")
				.contains("this is no address")
				.contains("'notaurl' is no address of a server")
				.doesNotContain("Exception", "null", "index 0: 'bogus'");
		}

		@Test
		void listsRowsForPeopleAndForPrograms() {
			String row = "{\"line\":3,\"state\":\"INVITED\",\"delivery\":\"REJECTED\",\"deliveryReason\":\"550\"}";
			ProgramTests.this.server.on("GET", ONE + "/rows", text("application/x-ndjson", row + "\n" + row + "\n"),
					text("text/csv", "line;state\r\n3;INVITED\r\n"));

			assertThat(invite("rows", BATCH)).isZero();
			assertThat(out()).isEqualToNormalizingNewlines("line 3 invited, mail rejected: 550\n".repeat(2));

			ProgramTests.this.out.reset();
			assertThat(invite("rows", BATCH, "--state", "invited", "--format", "csv")).isZero();
			assertThat(out()).isEqualTo("line;state\r\n3;INVITED\r\n");
			assertThat(ProgramTests.this.server.asked("GET", ONE + "/rows").getLast().query())
				.isEqualTo("state=invited");
		}

		@Test
		void saysThatAListBrokeOff() {
			ProgramTests.this.server.on("GET", ONE + "/rows", eventsThenBreak("line,state\n"));

			assertThat(invite("rows", BATCH, "--format", "csv")).isEqualTo(1);

			assertThat(err()).contains("the answer broke off");
		}

		@Test
		void tellsNoTokenThatWasPutInTheWrongPlace() {
			assertThat(invite("status", BATCH, "--tokn", "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl")).isEqualTo(2);

			assertThat(err()).contains("--tokn").doesNotContain("eyJ");
		}

		@Test
		void documentsTheExitCodesInTheHelpOfEachCommand() {
			for (String command : List.of("batch", "status", "follow", "cancel", "retry", "rows")) {
				ProgramTests.this.out.reset();

				assertThat(invite(command, "--help")).isZero();
				assertThat(out()).contains("Exit codes:").contains("The batch was cancelled.").contains("130");
			}
		}

	}

}
