package com.banqup.invitations.api.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

import static com.banqup.invitations.api.Bulks.lines;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

/** Uploads that do not come in one piece. */
class BulkUploadsIT extends ApiIntegration {

	private final String key = UUID.randomUUID().toString();

	@LocalServerPort
	private int port;

	private Partner partner;

	private Bulks bulks;

	@BeforeEach
	void aPartnerWhoInvitesInBulk() {
		this.partner = administrator();
		this.bulks = new Bulks(this.partner);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void goesOnWhereAnUploadBroke(CapturedOutput output) throws IOException {
		try (Socket broken = open()) {
			send(broken, lines(0, 2_400));
			JsonNode batch = this.bulks.awaitNewest((newest) -> newest.at("/counts/rows").asInt() == 2_000);
			assertThat(batch.at("/state").asString()).isEqualTo("RECEIVING");
			assertThat(batch.at("/counts/waiting").asInt()).isEqualTo(2_000);
			assertThat(waitingRows(batch.at("/id").asString()))
				.containsExactlyElementsOf(IntStream.rangeClosed(1, 2_000).boxed().toList());
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(output.toString().lines().filter((line) -> line.contains("broke")))
				.singleElement(InstanceOfAssertFactories.STRING)
				.contains(" INFO ", this.partner.space().toString(), "2401", this.bulks.newest().at("/id").asString()));

		Response received = upload(lines(0, 3_000)).requireStatus(202);

		assertThat(received.json().at("/counts/rows").asInt()).isEqualTo(3_000);
		JsonNode batch = this.bulks.awaitNewest((newest) -> newest.at("/counts/waiting").asInt() == 0);
		assertThat(batch.at("/id").asString()).isEqualTo(received.text("id"));
		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(3_000);
		assertThat(count("invitation")).isEqualTo(3_000);
		assertThat(this.partner.get("/invitation-batches").json().at("/items").size()).isEqualTo(1);
		assertThat(output.toString()).doesNotContain("ERROR", "Exception");
	}

	@Test
	void letsTheNewerUploadOfAKeyGoOn() throws IOException {
		try (Socket older = open()) {
			send(older, lines(0, 1_000));
			this.bulks.awaitNewest((newest) -> newest.at("/counts/rows").asInt() == 1_000);

			upload(lines(0, 2_500)).requireStatus(202);

			send(older, lines(1_000, 2_500));
			older.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(answer(older)).contains(" 409 ")
				.contains("upload-superseded", "\"batchId\":\"" + this.bulks.newest().at("/id").asString());
		}
		JsonNode batch = this.bulks.awaitNewest((newest) -> newest.at("/counts/waiting").asInt() == 0);
		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(2_500);
	}

	@Test
	void refusesToGoOnWithOtherRows() throws IOException {
		try (Socket broken = open()) {
			send(broken, lines(0, 1_000));
			this.bulks.awaitNewest((newest) -> newest.at("/counts/rows").asInt() == 1_000);
		}

		upload(lines(1, 1_200)).requireProblem(422, "idempotency-key-reused");
		upload(lines(0, 500)).requireProblem(422, "idempotency-key-reused");

		assertThat(upload(lines(0, 1_100)).requireStatus(202).json().at("/counts/rows").asInt()).isEqualTo(1_100);
	}

	@Test
	void givesUpABatchWhoseRestDoesNotCome() throws IOException {
		try (Socket broken = open()) {
			send(broken, lines(0, 1_000));
			this.bulks.awaitNewest((newest) -> newest.at("/counts/rows").asInt() == 1_000);
		}
		this.clock.advance(Duration.ofHours(25));

		JsonNode batch = this.bulks.awaitNewest((newest) -> newest.at("/state").asString().equals("FAILED"));

		assertThat(batch.at("/failure/code").asString()).isEqualTo("upload-incomplete");
		assertThat(batch.at("/counts/waiting").asInt()).isZero();
		assertThat(batch.at("/counts/cancelled").asInt()).isEqualTo(1_000);
		assertThat(count("invitation")).isZero();
		awaitNothingKept(batch.at("/id").asString());
		Response again = upload(lines(0, 1_000)).requireStatus(202);
		assertThat(again.text("id")).isNotEqualTo(batch.at("/id").asString());
	}

	@Test
	void stopsABatchWhoseRowsStillCome() throws IOException {
		try (Socket open = open()) {
			send(open, lines(0, 1_000));
			String id = this.bulks.awaitNewest((newest) -> newest.at("/counts/rows").asInt() == 1_000)
				.at("/id")
				.asString();

			Response cancelled = this.partner.post(path(id) + "/cancel", null).requireStatus(202);

			assertThat(cancelled.text("state")).isEqualTo("CANCELLED");
			assertThat(cancelled.json().at("/counts/waiting").asInt()).isZero();
			assertThat(cancelled.json().at("/counts/cancelled").asInt()).isEqualTo(1_000);
			awaitNothingKept(id);
			assertThat(waitingRows(id)).isEmpty();
			send(open, lines(1_000, 2_000));
			open.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(answer(open)).contains(" 409 ").contains("batch-ended").contains("was cancelled");
		}
		assertThat(count("invitation")).isZero();
		assertThat(upload(lines(0, 1_000)).requireStatus(202).json().at("/counts/rows").asInt()).isEqualTo(1_000);
	}

	@Test
	void takesSoManyUploadsOfAPartnerSpaceAtATime() throws IOException {
		try (Socket first = open(); Socket second = openAs(UUID.randomUUID().toString())) {
			send(first, lines(0, 1_000));
			send(second, lines(0, 1_000));
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> this.partner.get("/invitation-batches").json().at("/items").size() == 2);

			Response refused = this.partner.post(this.bulks.uploadPath(), lines(0, 1),
					ndjson(UUID.randomUUID().toString()));

			refused.requireProblem(429, "too-many-uploads");
			assertThat(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)).isNotBlank();
		}
	}

	/** In pages whose ends are no chunks' ends. */
	private List<Integer> waitingRows(String batch) {
		List<Integer> rows = new ArrayList<>();
		String cursor = "";
		while (cursor != null) {
			Response page = this.partner.get(path(batch) + "/rows?state=waiting&limit=180" + cursor).requireStatus(200);
			page.json().at("/items").forEach((row) -> rows.add(row.at("/row").asInt()));
			String next = page.text("nextCursor");
			cursor = (next != null) ? "&cursor=" + next : null;
		}
		return rows;
	}

	private Response upload(String lines) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.partner.post(this.bulks.uploadPath(), lines, ndjson(this.key)),
					(response) -> response.status() != 429);
	}

	private static Map<String, String> ndjson(String key) {
		return Map.of(HttpHeaders.CONTENT_TYPE, "application/x-ndjson", "Idempotency-Key", key);
	}

	private Socket open() throws IOException {
		return openAs(this.key);
	}

	/** An upload in chunks, as far as its head. */
	private Socket openAs(String idempotencyKey) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
		socket.getOutputStream()
			.write("""
					POST /v1/partner-spaces/%s%s HTTP/1.1
					Host: localhost
					Authorization: Bearer %s
					Content-Type: application/x-ndjson
					Idempotency-Key: %s
					Transfer-Encoding: chunked
					Connection: close

					""".formatted(this.partner.space(), this.bulks.uploadPath(), this.partner.token(), idempotencyKey)
				.replace("\n", "\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static void send(Socket upload, String lines) throws IOException {
		byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
		OutputStream out = upload.getOutputStream();
		out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
		out.write(bytes);
		out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	private static String answer(Socket upload) throws IOException {
		return new BufferedReader(new InputStreamReader(upload.getInputStream(), StandardCharsets.UTF_8)).lines()
			.collect(Collectors.joining("\n"));
	}

	private void awaitNothingKept(String batch) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.database.sql("SELECT count(*) FROM invitation_batch_chunk WHERE batch_id = :id")
				.bind("id", UUID.fromString(batch))
				.mapValue(Long.class)
				.one()
				.block(), Long.valueOf(0)::equals);
	}

	private long count(String table) {
		return this.database.sql("SELECT count(*) FROM " + table + " WHERE partner_space_id = :space")
			.bind("space", this.partner.space())
			.mapValue(Long.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

}
