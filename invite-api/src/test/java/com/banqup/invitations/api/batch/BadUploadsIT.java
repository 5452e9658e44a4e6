package com.banqup.invitations.api.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.lines;
import static org.assertj.core.api.Assertions.assertThat;

/** Uploads that somebody got wrong, or that are meant to do harm. */
class BadUploadsIT extends ApiIntegration {

	private static final String CSV = "text/csv";

	private static final String NDJSON = "application/x-ndjson";

	private Partner partner;

	private Bulks bulks;

	@BeforeEach
	void aPartnerWhoInvitesInBulk() {
		this.partner = administrator();
		this.bulks = new Bulks(this.partner);
	}

	@Test
	void aMalformedLineStopsNoOther() {
		JsonNode batch = done(upload(CSV, "rowRef,name,email\nR-1,A,a@a.example\nR-2,\"B\" x,b@b.example\n"
				+ "R-3,C,c@c.example,and,more\nR-4,\"D,d@d.example\nR-5,E,e@e.example\n"));

		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(invalid(batch)).containsExactly("3 malformed", "4 malformed", "5 malformed");
	}

	@Test
	void aMalformedLineOfJsonStopsNoOther() {
		JsonNode batch = done(upload(NDJSON, line(1) + "{\"name\":\n" + line(2) + "[]\n" + line(3)));

		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(3);
		assertThat(invalid(batch)).containsExactly("2 malformed", "4 malformed");
	}

	@Test
	void whatIsTooMuchForTheParserOfJsonStopsNoOther() {
		JsonNode batch = done(upload(NDJSON,
				line(1) + "{\"rowRef\":\"R-2\",\"vatNumber\":" + "1".repeat(1_001) + "}\n{\"rowRef\":\"R-3\",\"x\":"
						+ "[".repeat(501) + "]".repeat(501) + "}\n{\"rowRef\":\"R-4\",\"" + "x".repeat(50_001)
						+ "\":1}\n" + line(2)));

		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(invalid(batch)).containsExactly("2 malformed", "3 malformed", "4 malformed");
		assertThat(this.bulks.rows(batch.at("/id").asString(), "?state=invalid"))
			.extracting((row) -> row.at("/rowRef").asString())
			.containsExactly("R-2", "R-3", "R-4");
	}

	@Test
	void rowsInLatin1StopNoOther() {
		byte[] file = "name,email\nM\u00FCller,m@m.example\nMuller,n@n.example\n".getBytes(StandardCharsets.ISO_8859_1);

		JsonNode batch = done(upload(CSV, file));

		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(invalid(batch)).containsExactly("2 invalid-encoding");
	}

	@ParameterizedTest
	@MethodSource
	void whatCannotBeReadIsRefusedAtOnce(byte[] file, String problem) {
		for (String type : List.of(CSV, NDJSON)) {
			Answer answer = upload(type, file);

			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.json().at("/type").asString()).endsWith("/problems/" + problem);
		}
		assertThat(this.partner.get("/invitation-batches").json().at("/items").size()).isZero();
	}

	static Stream<Arguments> whatCannotBeReadIsRefusedAtOnce() {
		byte[] garbage = new byte[100_000];
		new Random(42).nextBytes(garbage);
		String rows = "name,email\nA,a@a.example\n";
		return Stream.of(Arguments.of(garbage, "invalid-encoding"),
				Arguments.of(rows.getBytes(StandardCharsets.UTF_16), "invalid-encoding"),
				Arguments.of(rows.getBytes(StandardCharsets.UTF_16LE), "invalid-encoding"),
				Arguments.of(rows.getBytes(Charset.forName("UTF-32BE")), "invalid-encoding"),
				Arguments.of(gzip(rows.getBytes(StandardCharsets.UTF_8)), "invalid-encoding"),
				Arguments.of(new byte[0], "empty-upload"),
				Arguments.of("\n\n".getBytes(StandardCharsets.UTF_8), "no-rows"));
	}

	@Test
	void aHeaderAloneIsNoUpload() {
		Answer answer = upload(CSV, "name,email\r\n");

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().at("/type").asString()).endsWith("/problems/no-rows");
	}

	@Test
	void gzipIsTakenWhenItIsWhole() {
		byte[] whole = gzip((line(1) + line(2)).getBytes(StandardCharsets.UTF_8));

		assertThat(done(upload(NDJSON, whole, "gzip")).at("/counts/invited").asInt()).isEqualTo(2);
		for (byte[] broken : List.of(Arrays.copyOf(whole, whole.length - 1),
				"no gzip".getBytes(StandardCharsets.UTF_8))) {
			Answer answer = upload(NDJSON, broken, "gzip");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.json().at("/type").asString()).endsWith("/problems/invalid-encoding");
		}
	}

	@Test
	void gzipThatIsDamagedAfterRowsWereTakenFailsThem() {
		byte[] whole = gzip(lines(0, 1_500).getBytes(StandardCharsets.UTF_8));

		Answer answer = upload(NDJSON, Arrays.copyOf(whole, whole.length - 1), "gzip");

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().at("/type").asString()).endsWith("/problems/invalid-encoding");
		assertThat(failed(answer).at("/failure/code").asString()).isEqualTo("invalid-encoding");
	}

	@Test
	void aListOfClientsThatEndsInTheMiddleFails() {
		String ids = IntStream.range(0, 1_001)
			.mapToObj((number) -> "\"" + new UUID(0, number) + "\"")
			.collect(Collectors.joining(",", "{\"clientIds\":[", ""));

		Answer answer = upload("application/json", ids);

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().at("/type").asString()).endsWith("/problems/malformed-json");
		assertThat(answer.json().at("/row").asInt()).isEqualTo(1_002);
		assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("clientIds[1001]");
		JsonNode failed = failed(answer);
		assertThat(failed.at("/failure/code").asString()).isEqualTo("upload-unreadable");
		assertThat(failed.at("/failure/detail").asString()).contains("row 1002", "clientIds[1001]");
	}

	@Test
	void anIdThatIsNoneFailsAllThatWereTakenBefore() {
		String ids = IntStream.range(0, 1_001)
			.mapToObj((number) -> "\"" + new UUID(0, number) + "\"")
			.collect(Collectors.joining(",", "{\"clientIds\":[", ",\"Bakkerij\"]}"));

		Answer answer = upload("application/json", ids);

		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().at("/type").asString()).endsWith("/problems/invalid-request");
		assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("clientIds[1001]");
		assertThat(failed(answer).at("/failure/code").asString()).isEqualTo("upload-unreadable");
	}

	/** A thousandth of what it becomes. */
	@Test
	void whatSwellsBeyondTheLimitFails() {
		byte[] megabyte = gzip("x".repeat(1_048_576).getBytes(StandardCharsets.UTF_8));
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		bomb.writeBytes(gzip(lines(0, 1_001).getBytes(StandardCharsets.UTF_8)));
		for (int i = 0; i < 33; i++) {
			bomb.writeBytes(megabyte);
		}

		Answer answer = upload(NDJSON, bomb.toByteArray(), "gzip");

		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.json().at("/type").asString()).endsWith("/problems/upload-too-large");
		assertThat(answer.json().at("/row").asInt()).as("after the one that is too long already").isEqualTo(1_003);
		assertThat(answer.json().at("/line").asInt()).isEqualTo(1_002);
		assertThat(failed(answer).at("/failure/code").asString()).isEqualTo("upload-too-large");
	}

	@Test
	void aLineOfTenMegabytesStopsNoOther() {
		JsonNode batch = done(upload(NDJSON, line(1) + "x".repeat(10_000_000) + "\n" + line(2)));

		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(2);
		assertThat(invalid(batch)).containsExactly("2 line-too-long");
	}

	/**
	 * For a million, which take two minutes here, fifty chunks stand: a chunk is decided
	 * by what the database has of its clients, nothing is remembered from one to the
	 * next, and the rows do not get slower.
	 */
	@Test
	void identicalRowsInviteOnce() {
		JsonNode batch = done(upload(NDJSON, line(1).repeat(50_000)));

		assertThat(batch.at("/counts/rows").asInt()).isEqualTo(50_000);
		assertThat(batch.at("/counts/invited").asInt()).isEqualTo(1);
		assertThat(batch.at("/counts/skippedByReason/duplicate-in-batch").asInt()).isEqualTo(49_999);
	}

	@Test
	void theRowTooManyFailsThemAll() {
		Answer answer = upload(NDJSON, "{}\n".repeat(MAX_ROWS + 1));

		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.json().at("/type").asString()).endsWith("/problems/too-many-rows");
		assertThat(answer.json().at("/row").asInt()).isEqualTo(MAX_ROWS + 1);
		JsonNode failed = failed(answer);
		assertThat(failed.at("/failure/code").asString()).isEqualTo("too-many-rows");
		assertThat(failed.at("/failure/detail").asString()).contains("row " + (MAX_ROWS + 1));
	}

	/** The batch that the refused upload leaves. */
	private JsonNode failed(Answer answer) {
		JsonNode failed = this.bulks.newest();
		assertThat(answer.json().at("/batchId").asString()).isEqualTo(failed.at("/id").asString());
		assertThat(failed.at("/state").asString()).isEqualTo("FAILED");
		return failed;
	}

	private Answer upload(String type, String text) {
		return upload(type, text.getBytes(StandardCharsets.UTF_8));
	}

	private Answer upload(String type, byte[] body) {
		return upload(type, body, "identity");
	}

	private Answer upload(String type, byte[] body, String encoding) {
		EntityExchangeResult<byte[]> result = this.http.post()
			.uri("/v1/partner-spaces/" + this.partner.space() + this.bulks.uploadPath())
			.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.partner.token())
			.header(HttpHeaders.CONTENT_TYPE, type)
			.header(HttpHeaders.CONTENT_ENCODING, encoding)
			.bodyValue(body)
			.exchange()
			.expectBody()
			.returnResult();
		return new Answer(result.getStatus().value(),
				JsonMapper.shared().readTree(Objects.requireNonNull(result.getResponseBody())));
	}

	/** The batch, once all its rows are decided. */
	private JsonNode done(Answer answer) {
		assertThat(answer.status()).as("%s", answer.json()).isEqualTo(202);
		return this.bulks.awaitDecided(answer.json().at("/id").asString());
	}

	/** The invalid rows: their lines and reasons. */
	private List<String> invalid(JsonNode batch) {
		return this.bulks.rows(batch.at("/id").asString(), "?state=invalid")
			.stream()
			.map((row) -> row.at("/line").asInt() + " " + row.at("/reason").asString())
			.toList();
	}

	private static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return compressed.toByteArray();
	}

	private record Answer(int status, JsonNode json) {
	}

}
