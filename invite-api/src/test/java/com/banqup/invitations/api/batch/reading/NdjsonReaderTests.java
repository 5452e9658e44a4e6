package com.banqup.invitations.api.batch.reading;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static com.banqup.invitations.api.batch.reading.Uploads.NDJSON;
import static com.banqup.invitations.api.batch.reading.Uploads.PROPERTIES;
import static com.banqup.invitations.api.batch.reading.Uploads.bytes;
import static com.banqup.invitations.api.batch.reading.Uploads.client;
import static com.banqup.invitations.api.batch.reading.Uploads.cut;
import static com.banqup.invitations.api.batch.reading.Uploads.detail;
import static com.banqup.invitations.api.batch.reading.Uploads.reason;
import static com.banqup.invitations.api.batch.reading.Uploads.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NdjsonReaderTests {

	private static final String ROW = "{\"name\":\"Janssens\",\"email\":\"a@example.com\"}";

	@Test
	void readsAllFields() {
		List<BatchRow> rows = rows(NDJSON,
				"""
						{"rowRef":" R-1 ","externalReference":"K-1","name":"  B\\u00e4ckerei   Müller ","email":"Info@Example.com",\
						"language":"de","vatNumber":" DE136695976 ","country":"DE","message":"Hello\\r\\nall "}
						""");

		assertThat(rows).hasSize(1);
		BatchRow row = rows.getFirst();
		assertThat(row.number()).isEqualTo(1);
		assertThat(row.line()).isEqualTo(1);
		assertThat(row.rowRef()).isEqualTo("R-1");
		ClientDetails details = client(row).details();
		assertThat(details.name()).isEqualTo("Bäckerei Müller");
		assertThat(details.email().ascii()).isEqualTo("Info@example.com");
		assertThat(details.language()).isEqualTo(InviteeLanguage.GERMAN);
		assertThat(details.externalReference()).isEqualTo("K-1");
		assertThat(details.vatNumber()).isEqualTo("DE136695976");
		assertThat(details.country()).isEqualTo("DE");
		assertThat(client(row).message()).isEqualTo("Hello\nall");
	}

	@Test
	void takesCodesInCapitalsOrNotAndNoBreakSpacesForBlanks() {
		BatchRow row = rows(NDJSON,
				"{\"rowRef\":\"\u00A0R-1\\u00a0\",\"name\":\"A\",\"email\":\"\u00A0a@example.com\\u00a0\",\"language\":\"NL\\u00a0\",\"country\":\"\uFEFFbe\"}")
			.getFirst();

		assertThat(row.rowRef()).isEqualTo("R-1");
		assertThat(client(row).details().email().given()).isEqualTo("a@example.com");
		assertThat(client(row).details().language()).isEqualTo(InviteeLanguage.DUTCH);
		assertThat(client(row).details().country()).isEqualTo("BE");
	}

	@Test
	void takesNullAndAbsentForTheSame() {
		List<BatchRow> rows = rows(NDJSON,
				"{\"name\":\"A\",\"email\":\"a@example.com\",\"rowRef\":null,\"language\":null,\"message\":\" \"}");

		assertThat(rows.getFirst().rowRef()).isNull();
		assertThat(client(rows.getFirst()).details())
			.isEqualTo(client(rows(NDJSON, "{\"name\":\"A\",\"email\":\"a@example.com\"}").getFirst()).details());
		assertThat(client(rows.getFirst()).message()).isNull();
	}

	@Test
	void countsLinesTrulyAndPassesBlankOnesOver() {
		List<BatchRow> rows = rows(NDJSON, "\uFEFF\r\n" + ROW + "\r\n\n \t \n" + ROW + "\n\n" + ROW);

		assertThat(rows).extracting(BatchRow::line).containsExactly(2, 5, 7);
		assertThat(rows).extracting(BatchRow::number).containsExactly(1, 2, 3);
	}

	@Test
	void readsTheSameWhereverTheNetworkCuts() {
		byte[] file = bytes(
				"\uFEFF\r\n" + ROW + "\r\n{\"name\":\"Zoë 👩‍💼\",\"email\":\"z@bücher.example\"}\n\nnonsense\n" + ROW);
		List<BatchRow> whole = rows(NDJSON, file);
		assertThat(whole).hasSize(4);

		for (int at = 0; at <= file.length; at++) {
			assertThat(rows(NDJSON, Arrays.copyOf(file, at), Arrays.copyOfRange(file, at, file.length)))
				.isEqualTo(whole);
		}
		for (int length = 1; length < 40; length++) {
			assertThat(rows(NDJSON, cut(file, length))).isEqualTo(whole);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "[]", "\"a\"", "{", "{\"name\":\"A\"", "{\"name\":}", "{name:\"A\"}",
			ROW + ROW, ROW + ",", ROW + " x", "{\"name\":1}", "{\"name\":{}}", "{\"name\":[\"A\"]}", "{\"email\":true}",
			"{\"name\":\"A\",\"name\":\"B\"}", "{\"x\":[[[[}", "{\"name\":\"\u0001\"}", "null", "}",
			"{\"name\":\"A\",}", "// {}", "{'name':'A'}", "{\"name\":\"\\x\"}" })
	void goesOnAfterLinesThatCannotBeRead(String line) {
		List<BatchRow> rows = rows(NDJSON, ROW + "\n" + line + "\n" + ROW);

		assertThat(rows).hasSize(3);
		assertThat(reason(rows.get(1))).isEqualTo(RowReason.MALFORMED);
		assertThat(rows.get(1).line()).isEqualTo(2);
		assertThat(client(rows.get(2))).isEqualTo(client(rows.get(0)));
	}

	/** The parser's own limits, which tell no place. */
	@Test
	void goesOnAfterLinesThatAreTooMuchForTheParser() {
		String number = "1".repeat(1_001);
		List<String> lines = List.of("\"rowRef\":\"R-1\",\"vatNumber\":" + number,
				"\"rowRef\":\"R-2\",\"x\":" + number + "." + number,
				"\"rowRef\":\"R-3\",\"x\":" + "[".repeat(501) + "]".repeat(501),
				"\"rowRef\":\"R-4\",\"x\":" + "{\"x\":".repeat(501) + "1" + "}".repeat(501),
				"\"rowRef\":\"R-5\",\"" + "x".repeat(50_001) + "\":1",
				"\"rowRef\":\"R-6\",\"x\":{\"" + "x".repeat(1_001) + "\":1}");

		List<BatchRow> rows = rows(NDJSON,
				ROW + "\n" + lines.stream().map((line) -> "{" + line + "}\n").collect(Collectors.joining()) + ROW);

		assertThat(rows).extracting(Uploads::glance)
			.containsExactly("1 Janssens", "2 malformed", "3 unknown-field", "4 malformed", "5 malformed",
					"6 malformed", "7 malformed", "8 Janssens");
		assertThat(rows).extracting(BatchRow::rowRef)
			.containsExactly(null, "R-1", "R-2", "R-3", "R-4", "R-5", "R-6", null);
		assertThat(detail(rows.get(1))).isEqualTo("vatNumber: of the wrong type (expected: a string)");
		assertThat(detail(rows.get(3))).matches("nested deeper than 100 at column \\d+ \\(expected: .*\\)");
		assertThat(detail(rows.get(4))).startsWith("nested deeper than 100 at column ");
		assertThat(detail(rows.get(5)))
			.matches("too long a name of a field, or too many of them, at column \\d+ \\(expected: .*\\)");
		assertThat(detail(rows.get(6))).startsWith("too long a name of a field, or too many of them, at column ");
	}

	@Test
	void neverFailsWhateverALineSays() {
		Random random = new Random(42);
		byte[] model = bytes(
				"{\"rowRef\":\"R-1\",\"name\":\"Zo\\u00eb é👩\",\"email\":\"a@example.com\",\"x\":[1e5,{\"y\":-0.1}]}");
		byte[] odd = bytes("{}[]\",:\\u0019dDe+-.tfn/*'#\t \uFEFF€");
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		// The first ones tell that it is text at all.
		file.writeBytes(bytes((ROW + "\n").repeat(30)));
		for (int count = 0; count < 20_000; count++) {
			byte[] line = Arrays.copyOf(model, model.length - random.nextInt(model.length / 2) * random.nextInt(2));
			for (int change = random.nextInt(4); change >= 0; change--) {
				line[random.nextInt(line.length)] = random.nextBoolean() ? odd[random.nextInt(odd.length)]
						: (byte) random.nextInt(256);
			}
			file.writeBytes(line);
			file.write('\n');
		}

		assertThat(rows(NDJSON, file.toByteArray())).hasSizeGreaterThan(20_000);
	}

	/** Where the parser would take it for UTF-16. */
	@Test
	void findsZerosBetweenLettersMalformed() {
		String rows = (ROW + "\n").repeat(30);

		List<BatchRow> read = rows(NDJSON, rows + "{\u0000\"\u0000n\u0000\n" + ROW);

		assertThat(read).hasSize(32);
		assertThat(reason(read.get(30))).isEqualTo(RowReason.MALFORMED);
	}

	@Test
	void saysWhereALineCannotBeRead() {
		assertThat(detail(rows(NDJSON, ROW + "\n  {\"name\":\"Secret\" x}").get(1)))
			.startsWith("not valid JSON at column ")
			.endsWith(" (expected: one JSON object a line)")
			.doesNotContain("Secret");
		assertThat(detail(rows(NDJSON, "  {\"name\":\"A\" x}").getFirst())).startsWith("not valid JSON at column 15 ");
		assertThat(detail(rows(NDJSON, "{\"name\":7}").getFirst()))
			.isEqualTo("name: of the wrong type (expected: a string)");
		assertThat(detail(rows(NDJSON, "{\"name\":\"A\",\"name\":\"B\"}").getFirst()))
			.isEqualTo("name: more than once (expected: once)");
	}

	@Test
	void namesAFieldThatDoesNotExist() {
		List<BatchRow> rows = rows(NDJSON, "{\"nmae\":{\"a\":[1]},\"rowRef\":\"R-1\",\"email\":\"a@example.com\"}");

		assertThat(reason(rows.getFirst())).isEqualTo(RowReason.UNKNOWN_FIELD);
		assertThat(detail(rows.getFirst())).isEqualTo(
				"nmae: unknown field (expected: rowRef, externalReference, name, email, language, vatNumber, country, message)");
		assertThat(rows.getFirst().rowRef()).isEqualTo("R-1");
	}

	@Test
	void doesNotRepeatAFieldNameThatIsNone() {
		assertThat(detail(rows(NDJSON, "{\"" + "x".repeat(41) + "\":1}").getFirst())).startsWith("unknown field (");
		assertThat(detail(rows(NDJSON, "{\"a\\u202eb\":1}").getFirst())).startsWith("unknown field (");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"email":"a@example.com"                              | MISSING_NAME
			"name":null,"email":"a@example.com"                  | MISSING_NAME
			"name":" ","email":"a@example.com"                   | MISSING_NAME
			"name":"...","email":"a@example.com"                 | INVALID_NAME
			"name":"a\\nb","email":"a@example.com"               | INVALID_NAME
			"name":"a\\ud800","email":"a@example.com"            | INVALID_NAME
			"name":"A"                                           | MISSING_ADDRESS
			"name":"A","email":" "                               | MISSING_ADDRESS
			"name":"A","email":"\u00A0"                          | MISSING_ADDRESS
			"name":"A","email":"nobody"                          | INVALID_ADDRESS
			"name":"A","email":"a@localhost"                     | INVALID_ADDRESS
			"name":"A","email":"a@example.com","language":"es"   | INVALID_LANGUAGE
			"name":"A","email":"a@example.com","externalReference":""     | INVALID_EXTERNAL_REFERENCE
			"name":"A","email":"a@example.com","vatNumber":"!"   | INVALID_VAT_NUMBER
			"name":"A","email":"a@example.com","language":"n l"  | INVALID_LANGUAGE
			"name":"A","email":"a@example.com","language":""     | INVALID_LANGUAGE
			"name":"A","email":"a@example.com","country":"\u00DF"        | INVALID_COUNTRY
			"name":"A","email":"a@example.com","country":" "     | INVALID_COUNTRY
			"name":"A","email":"a@example.com","country":"XX"    | INVALID_COUNTRY
			"name":"A","email":"a@example.com","message":"\\u0007"        | INVALID_MESSAGE
			"name":"A","email":"a@example.com","rowRef":""       | INVALID_ROW_REF
			"name":"","email":"nobody","rowRef":"..."            | INVALID_ROW_REF
			"name":"","email":"nobody"                           | MISSING_NAME
			""")
	void saysWhatIsWrongWithTheFirstFieldThatIsNotValid(String fields, RowReason reason) {
		BatchRow row = rows(NDJSON, "{" + fields + "}").getFirst();

		assertThat(reason(row)).isEqualTo(reason);
		assertThat(detail(row)).containsPattern(
				"^(rowRef|name|email|language|externalReference|vatNumber|country|message): .* ?\\(?expected");
	}

	@Test
	void countsWhatIsTooLong() {
		String start = "{\"email\":\"a@example.com\",\"name\":\"";

		assertThat(client(rows(NDJSON, start + "é".repeat(200) + "\"}").getFirst()).details().name()).hasSize(200);
		BatchRow name = rows(NDJSON, start + "é".repeat(201) + "\"}").getFirst();
		assertThat(reason(name)).isEqualTo(RowReason.NAME_TOO_LONG);
		assertThat(detail(name)).isEqualTo("name: 201 characters (expected: one line of 1..200 characters)");
		assertThat(reason(rows(NDJSON, start + "A\",\"message\":\"" + "a".repeat(2_001) + "\"}").getFirst()))
			.isEqualTo(RowReason.MESSAGE_TOO_LONG);
		assertThat(reason(rows(NDJSON, start + "A\",\"rowRef\":\"" + "a".repeat(101) + "\"}").getFirst()))
			.isEqualTo(RowReason.INVALID_ROW_REF);
		assertThat(rows(NDJSON, start + "A\",\"rowRef\":\"" + "a".repeat(100) + "\"}").getFirst().rowRef())
			.hasSize(100);
	}

	@Test
	void neverRepeatsWhatWasSent() {
		for (String field : List.of("name", "email", "language", "externalReference", "vatNumber", "country", "rowRef",
				"message")) {
			String other = field.equals("name") ? "" : "\"name\":\"A\",";
			String mail = field.equals("email") ? "" : "\"email\":\"a@example.com\",";
			BatchRow row = rows(NDJSON, "{" + other + mail + "\"" + field + "\":\"Geheim\\u0007@\"}").getFirst();

			assertThat(detail(row)).startsWith(field + ": ").doesNotContain("Geheim");
			assertThat(row.rowRef()).isNull();
		}
	}

	@Test
	void knowsLinesThatAreNotUtf8() {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(bytes(ROW + "\n{\"name\":\"M"));
		file.write(0xFC);
		file.writeBytes(bytes("ller\",\"email\":\"a@example.com\"}\n" + ROW));

		List<BatchRow> rows = rows(NDJSON, file.toByteArray());

		assertThat(rows).hasSize(3);
		assertThat(reason(rows.get(1))).isEqualTo(RowReason.INVALID_ENCODING);
		assertThat(rows.get(1).line()).isEqualTo(2);
	}

	@Test
	void passesOverLinesThatAreTooLongWithoutHoldingThem() {
		String huge = "{\"name\":\"" + "x".repeat(10_000_000) + "\"}";

		List<BatchRow> rows = rows(NDJSON, cut(bytes(ROW + "\n" + huge + "\n" + ROW + "\n" + huge), 8_192));

		assertThat(rows).extracting(Uploads::glance)
			.containsExactly("1 Janssens", "2 line-too-long", "3 Janssens", "4 line-too-long");
		assertThat(detail(rows.get(1))).startsWith("longer than 65536 bytes (expected: ");
	}

	@Test
	void keepsTheNamesOfRowsThatAreTooLong() {
		String huge = "\u20AC".repeat(30_000);

		List<BatchRow> rows = rows(NDJSON, cut(
				bytes("{\"rowRef\":\"R-1\",\"name\":\"" + huge + "\"}\n {\"name\":\"A\",\"rowRef\":\"R-2\",\"x\":\"x"
						+ huge + "\"}\n{\"rowRef\":\"" + huge + "\"}\n{\"rowRef\":\"R-4\"}" + " ".repeat(70_000) + "\n"
						+ " ".repeat(70_000) + "\n{\"rowRef\":\"R-6\",\"x\":\"xx" + huge + "\"}"),
				8_192));

		assertThat(rows).extracting(Uploads::reason).containsOnly(RowReason.LINE_TOO_LONG).hasSize(6);
		assertThat(rows).extracting(BatchRow::rowRef).containsExactly("R-1", "R-2", null, "R-4", null, "R-6");
	}

	@Test
	void keepsNoNameOfARowThatHasTwo() {
		assertThat(rows(NDJSON, "{\"rowRef\":\"R-1\",\"rowRef\":\"R-2\"}").getFirst().rowRef()).isNull();
		assertThat(rows(NDJSON, "{\"rowRef\":\"R-1\",\"name\":\"A\",\"name\":\"B\"}").getFirst().rowRef())
			.isEqualTo("R-1");
	}

	@Test
	void takesTheLongestLineAndNoLonger() {
		String message = "\",\"message\":\"";
		String line = ROW.replace("\"}", message + "\"}");
		String longest = line.replace(message, message + " ".repeat(65_536 - line.length()));

		assertThat(bytes(longest)).hasSize(65_536);
		for (int length : new int[] { 1_000, 65_536, 65_537, 200_000 }) {
			assertThat(rows(NDJSON, cut(bytes(longest + "\n " + longest + "\n" + longest), length)))
				.extracting(Uploads::glance)
				.containsExactly("1 Janssens", "2 line-too-long", "3 Janssens");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", " \r\n\t\n ", "\uFEFF\n" })
	void refusesUploadsWithoutRows(String text) {
		assertThatExceptionOfType(UploadWithoutRows.class).isThrownBy(() -> rows(NDJSON, text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\uFEFF" })
	void refusesEmptyUploads(String text) {
		assertThatExceptionOfType(EmptyUpload.class).isThrownBy(() -> rows(NDJSON, text));
	}

	@Test
	void refusesTheRowTooMany() {
		UploadProperties two = new UploadProperties(2, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
				PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());

		assertThat(rows(two, NDJSON, bytes(ROW + "\n\n" + ROW + "\n\n"))).hasSize(2);
		assertThatExceptionOfType(TooManyRows.class)
			.isThrownBy(() -> rows(two, NDJSON, bytes(ROW + "\n\n" + ROW + "\n\n" + ROW)))
			.satisfies((ex) -> {
				assertThat(ex.row()).isEqualTo(3);
				assertThat(ex.line()).isEqualTo(5);
			});
	}

}
