package com.banqup.invitations.api.batch.reading;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientSelection;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

import static com.banqup.invitations.api.batch.reading.Uploads.JSON;
import static com.banqup.invitations.api.batch.reading.Uploads.PROPERTIES;
import static com.banqup.invitations.api.batch.reading.Uploads.buffers;
import static com.banqup.invitations.api.batch.reading.Uploads.bytes;
import static com.banqup.invitations.api.batch.reading.Uploads.cut;
import static com.banqup.invitations.api.batch.reading.Uploads.rows;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SelectionReaderTests {

	private static final UUID FIRST = new UUID(1, 1);

	private static final UUID SECOND = new UUID(2, 2);

	private static String ids(String ids) {
		return "{\"clientIds\":[" + ids + "]}";
	}

	private static ClientSelection filter(byte[]... pieces) {
		return requireNonNull(new UploadReader(PROPERTIES, Schedulers.immediate())
			.read(JSON, new HttpHeaders(), buffers(pieces),
					(upload) -> (upload instanceof Upload.Selection selection) ? Mono.just(selection.clients())
							: Mono.error(new AssertionError("rows")))
			.block());
	}

	private static ClientSelection filter(String fields) {
		return filter(bytes("{\"filter\":{" + fields + "}}"));
	}

	@Test
	void readsARowForEachClient() {
		assertThat(rows(JSON, "\uFEFF" + ids("\"" + FIRST + "\", \"" + SECOND + "\"") + "\n")).containsExactly(
				new BatchRow(1, 1, null, new KnownClient(new ClientId(FIRST))),
				new BatchRow(2, 2, null, new KnownClient(new ClientId(SECOND))));
	}

	@Test
	void readsTheSameWhereverTheNetworkCuts() {
		byte[] file = bytes("\uFEFF { \"clientIds\" : [ \"" + FIRST + "\" ,\n\"" + SECOND + "\" ] } ");
		List<BatchRow> whole = rows(JSON, file);
		byte[] filter = bytes("{\"filter\":{\"tab\":\"inactive\",\"search\":\"Zoë\"}}");

		for (int at = 0; at <= file.length; at++) {
			assertThat(rows(JSON, Arrays.copyOf(file, at), Arrays.copyOfRange(file, at, file.length))).isEqualTo(whole);
		}
		assertThat(rows(PROPERTIES, JSON, cut(file, 1))).isEqualTo(whole);
		assertThat(filter(cut(filter, 1))).isEqualTo(filter(filter));
	}

	@Test
	void readsAMillionClientsAsTheyCome() {
		StringBuilder many = new StringBuilder("\"" + FIRST + "\"");
		for (int count = 1; count < 100_000; count++) {
			many.append(",\"").append(SECOND).append('"');
		}

		assertThat(rows(PROPERTIES, JSON, cut(bytes(ids(many.toString())), 8_192))).hasSize(100_000);
	}

	@Test
	void readsAFilter() {
		assertThat(filter("\"tab\":\"inactive\",\"neverInvited\":true,\"createdBefore\":\"2026-01-31T12:00:00Z\","
				+ "\"templateId\":\"" + FIRST + "\",\"search\":\"bakery\""))
			.isEqualTo(new ClientSelection(ClientStatus.INACTIVE, true, Instant.parse("2026-01-31T12:00:00Z"), FIRST,
					"bakery"));
		assertThat(filter(
				"\"tab\":\"active\",\"neverInvited\":null,\"createdBefore\":null,\"templateId\":null,\"search\":\" \""))
			.isEqualTo(new ClientSelection(ClientStatus.ACTIVE, false, null, null, null));
		assertThat(filter("\"tab\":null,\"neverInvited\":true"))
			.isEqualTo(new ClientSelection(null, true, null, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u0000',
			textBlock = """
					{}                                              | clientIds              | missing (expected: ids of clients, or a filter)
					{"clientIds":[]}                                | clientIds              | none (expected: ids of clients)
					{"clientIds":null}                              | clientIds              | of the wrong type (expected: an array)
					{"clientIds":"a"}                               | clientIds              | of the wrong type (expected: an array)
					{"clientIds":[1]}                               | clientIds[0]           | of the wrong type (expected: a UUID)
					{"clientIds":[null]}                            | clientIds[0]           | of the wrong type (expected: a UUID)
					{"clientIds":["a"]}                             | clientIds[0]           | not of the expected form (expected: a UUID)
					{"clientIds":["1-1-1-1-1"]}                     | clientIds[0]           | not of the expected form (expected: a UUID)
					{"clientIds":["00000000-0000-0001-0000-000000000001","00000000-0000-0001-0000-00000000000x"]} | clientIds[1] | not of the expected form (expected: a UUID)
					{"ids":[]}                                      | ids                    | unknown field (expected: clientIds, filter)
					{"clientIds":[],"filter":{}}                    | filter                 | beside clientIds (expected: one of the two)
					{"filter":{"tab":"active"},"clientIds":[]}      | filter                 | beside clientIds (expected: one of the two)
					{"filter":null}                                 | filter                 | of the wrong type (expected: an object)
					{"filter":[]}                                   | filter                 | of the wrong type (expected: an object)
					{"filter":{}}                                   | filter                 | empty (expected: one or more of tab, neverInvited, createdBefore, templateId, search)
					{"filter":{"neverInvited":false}}               | filter                 | empty (expected: one or more of tab, neverInvited, createdBefore, templateId, search)
					{"filter":{"status":"x"}}                       | filter.status          | unknown field (expected: tab, neverInvited, createdBefore, templateId, search)
					{"filter":{"tab":"all"}}                        | filter.tab             | not a tab (expected: inactive or active)
					{"filter":{"tab":1}}                            | filter.tab             | of the wrong type (expected: a string)
					{"filter":{"neverInvited":"true"}}              | filter.neverInvited    | of the wrong type (expected: true or false)
					{"filter":{"createdBefore":"2026"}}             | filter.createdBefore   | not of the expected form (expected: a time such as 2026-01-31T12:00:00Z)
					{"filter":{"templateId":"x"}}                   | filter.templateId      | not of the expected form (expected: a UUID)
					{"filter":{"search":{"a":1}}}                   | filter.search          | of the wrong type (expected: a string)
					{"filter":{"search":"\\u0301"}}                 | filter.search          | not valid (expected: up to 200 characters, no control characters, not accents alone)
					{"filter":{"search":"a\\u0000"}}               | filter.search          | not valid (expected: up to 200 characters, no control characters, not accents alone)
					{"filter":{"createdBefore":"+294277-01-01T00:00:00Z"}} | filter.createdBefore | not of the expected form (expected: a time such as 2026-01-31T12:00:00Z)
					{"filter":{"createdBefore":"-0001-01-01T00:00:00Z"}} | filter.createdBefore | not of the expected form (expected: a time such as 2026-01-31T12:00:00Z)
					""")
	void saysWhatIsWrong(String body, String field, String message) {
		assertThatExceptionOfType(InvalidSelection.class).isThrownBy(() -> rows(JSON, body)).satisfies((ex) -> {
			assertThat(ex.errors()).containsExactly(new FieldError(field, message));
			assertThat(ex.isMalformed()).isFalse();
		});
	}

	@Test
	void doesNotTellTheNameOfAnUnknownFieldAsItsOwnWords() {
		assertThatExceptionOfType(InvalidSelection.class).isThrownBy(() -> rows(JSON, "{\"\\u0000\":1}"))
			.withMessage("unknown field (expected: clientIds, filter)");
	}

	@Test
	void saysWhereAnIdIsWrong() {
		String body = "{\"clientIds\": [\n  \"" + FIRST + "\",\n  \"" + SECOND + "x\"\n]}";

		for (int length = 1; length <= body.length(); length++) {
			byte[][] pieces = cut(bytes(body), length);
			assertThatExceptionOfType(InvalidSelection.class).isThrownBy(() -> rows(PROPERTIES, JSON, pieces))
				.satisfies((ex) -> {
					assertThat(ex.row()).isEqualTo(2);
					assertThat(ex.line()).isEqualTo(3);
					assertThat(ex.column()).isEqualTo(42);
				});
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
			nonsense                                                  | -            | 0 | 1
			~~{"clientIds" [                                          | -            | 0 | 3
			{"clientIds":[                                            | clientIds[0] | 1 | 1
			{"clientIds":[~"00000000-0000-0001-0000-000000000001"     | clientIds[1] | 2 | 2
			{"clientIds":[~"00000000-0000-0001-0000-000000000001"~ x] | clientIds[1] | 2 | 3
			{"filter":~{"tab":"active","tab":"active"}}               | -            | 0 | 2
			""")
	void saysWhereItIsNoJson(String body, @Nullable String field, int row, int line) {
		assertThatExceptionOfType(InvalidSelection.class).isThrownBy(() -> rows(JSON, body.replace('~', '\n')))
			.satisfies((ex) -> {
				assertThat(ex.isMalformed()).isTrue();
				assertThat(ex.errors()).extracting(FieldError::field)
					.isEqualTo((field != null) ? List.of(field) : List.of());
				assertThat(ex.row()).isEqualTo(row);
				assertThat(ex.line()).isEqualTo(line);
				assertThat(ex.column()).isPositive();
				assertThat(ex.getMessage()).containsAnyOf("not valid JSON", "an object has the same field twice")
					.doesNotContain("nonsense");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "\"a\"", "nonsense", "{\"clientIds\":[", "{\"clientIds\":[}",
			"{\"clientIds\":[\"00000000-0000-0001-0000-000000000001\"]} x",
			"{\"filter\":{\"tab\":\"active\",\"tab\":\"active\"}}", "{\"filter\":{\"tab\":\"active\"}}{}", "{",
			"{\"filter\":{\"tab\":\"active\"}", "{\"clientIds\":[\"00000000-0000-0001-0000-000000000001\"]} {}" })
	void refusesWhatIsNoJsonObject(String body) {
		assertThatExceptionOfType(InvalidSelection.class).isThrownBy(() -> rows(JSON, body))
			.satisfies((ex) -> assertThat(ex.isMalformed()).isTrue());
	}

	@Test
	void refusesWhatIsFarTooLongWithoutHoldingIt() {
		assertThatExceptionOfType(InvalidSelection.class)
			.isThrownBy(() -> filter("\"search\":\"" + "x".repeat(5_000_000) + "\""))
			.withMessageStartingWith("it has a name, text or number that is longer");
		assertThatExceptionOfType(InvalidSelection.class)
			.isThrownBy(() -> rows(JSON, "{\"" + "x".repeat(5_000_000) + "\":1}"))
			.withMessageStartingWith("it has a name, text or number that is longer");
		assertThatExceptionOfType(InvalidSelection.class)
			.isThrownBy(() -> rows(JSON, ids("\"" + "x".repeat(5_000_000) + "\"")))
			.withMessageStartingWith("clientIds[0]: it has a name, text or number that is longer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"clientIds\":[~~]}", "{\"clientIds\":[~~.~~]}", "{\"clientIds\":~~}",
			"{\"filter\":{\"tab\":~~}}", "~~", "{\"x\":~~}" })
	void refusesNumbersThatAreTooMuchForTheParser(String body) {
		String number = "1".repeat(1_001);

		assertThatExceptionOfType(InvalidSelection.class).isThrownBy(() -> rows(JSON, body.replace("~~", number)))
			.satisfies((ex) -> assertThat(ex.line()).isEqualTo(1));
	}

	@Test
	void refusesOrReadsWhateverItSays() {
		Random random = new Random(42);
		byte[] ids = bytes(ids("\"" + FIRST + "\",\"" + SECOND + "\""));
		byte[] filter = bytes(
				"{\"filter\":{\"tab\":\"inactive\",\"neverInvited\":true,\"search\":\"Zo\\u00eb \u00e9\uD83D\uDC69\"}}");
		byte[] odd = bytes("{}[]\",:\\u0019dDe+-.tfn/*'#\t \uFEFF\u20AC");
		UploadReader reader = new UploadReader(PROPERTIES, Schedulers.immediate());
		for (int count = 0; count < 20_000; count++) {
			byte[] model = random.nextBoolean() ? ids : filter;
			byte[] body = Arrays.copyOf(model, model.length - random.nextInt(model.length) * random.nextInt(2));
			for (int change = random.nextInt(4); change > 0; change--) {
				body[random.nextInt(body.length)] = random.nextBoolean() ? odd[random.nextInt(odd.length)]
						: (byte) random.nextInt(256);
			}

			reader
				.read(JSON, new HttpHeaders(), buffers(cut(body, 1 + random.nextInt(100))),
						(upload) -> (upload instanceof Upload.Rows rows) ? rows.rows().then() : Mono.empty())
				.onErrorComplete(UploadRefused.class)
				.as(StepVerifier::create)
				.verifyComplete();
		}
	}

	@Test
	void refusesWhatHasNothingInIt() {
		assertThatExceptionOfType(EmptyUpload.class).isThrownBy(() -> rows(JSON, ""));
		assertThatExceptionOfType(UploadWithoutRows.class).isThrownBy(() -> rows(JSON, " \n"));
	}

	@Test
	void refusesTheClientTooMany() {
		UploadProperties one = new UploadProperties(1, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
				PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());

		assertThatExceptionOfType(TooManyRows.class)
			.isThrownBy(() -> rows(one, JSON, bytes(ids("\"" + FIRST + "\",\n\n\"" + SECOND + "\""))))
			.satisfies((ex) -> {
				assertThat(ex.row()).isEqualTo(2);
				assertThat(ex.line()).isEqualTo(3);
			});
	}

}
