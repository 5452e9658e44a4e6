package com.banqup.invitations.api.batch.reading;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static com.banqup.invitations.api.batch.reading.Uploads.CSV;
import static com.banqup.invitations.api.batch.reading.Uploads.PROPERTIES;
import static com.banqup.invitations.api.batch.reading.Uploads.bytes;
import static com.banqup.invitations.api.batch.reading.Uploads.client;
import static com.banqup.invitations.api.batch.reading.Uploads.cut;
import static com.banqup.invitations.api.batch.reading.Uploads.detail;
import static com.banqup.invitations.api.batch.reading.Uploads.name;
import static com.banqup.invitations.api.batch.reading.Uploads.read;
import static com.banqup.invitations.api.batch.reading.Uploads.reason;
import static com.banqup.invitations.api.batch.reading.Uploads.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CsvReaderTests {

	@Test
	void readsAllFields() {
		List<BatchRow> rows = rows(CSV, """
				rowRef,externalReference,name,email,language,vatNumber,country,message
				R-1,K-1,"Müller, ""Bäckerei""\",info@example.com,de,DE136695976,DE,"Hello
				all"
				""");

		assertThat(rows).hasSize(1);
		BatchRow row = rows.getFirst();
		assertThat(row.number()).isEqualTo(1);
		assertThat(row.line()).isEqualTo(2);
		assertThat(row.rowRef()).isEqualTo("R-1");
		ClientDetails details = client(row).details();
		assertThat(details.name()).isEqualTo("Müller, \"Bäckerei\"");
		assertThat(details.email().ascii()).isEqualTo("info@example.com");
		assertThat(details.language()).isEqualTo(InviteeLanguage.GERMAN);
		assertThat(details.externalReference()).isEqualTo("K-1");
		assertThat(details.vatNumber()).isEqualTo("DE136695976");
		assertThat(details.country()).isEqualTo("DE");
		assertThat(client(row).message()).isEqualTo("Hello\nall");
	}

	@Test
	void takesBlankAndMissingFieldsForAbsent() {
		BatchRow row = rows(CSV,
				"name,email,language,vatNumber,country,message,rowRef,externalReference\nA,a@example.com, ,,\t,\"\"\n")
			.getFirst();

		assertThat(row.rowRef()).isNull();
		ClientDetails details = client(row).details();
		assertThat(client(row))
			.isEqualTo(new NamedClient(new ClientDetails("A", details.email(), null, null, null, null), null));
	}

	@Test
	void takesLanguagesAndCountriesInCapitalsOrNot() {
		ClientDetails details = client(rows(CSV, "name,email,language,country\nA,a@example.com, NL ,be \n").getFirst())
			.details();

		assertThat(details.language()).isEqualTo(InviteeLanguage.DUTCH);
		assertThat(details.country()).isEqualTo("BE");
	}

	@Test
	void takesNoBreakSpacesForBlanks() {
		List<BatchRow> rows = rows(CSV,
				"rowRef,name,email,language,country\n\u00A0R1\u00A0,A,\u00A0a@example.com\u00A0,NL\u00A0,\u00A0be\n"
						+ "\u00A0,\uFEFF,\u3000\u00A0,\u202F,\n\u00A0,B,b@example.com,\u00A0, \u3000\nR3,C,\u00A0,,\n");

		assertThat(rows).extracting(Uploads::glance).containsExactly("2 A", "4 B", "5 missing-address");
		assertThat(rows).extracting(BatchRow::rowRef).containsExactly("R1", null, "R3");
		ClientDetails details = client(rows.getFirst()).details();
		assertThat(details.email().given()).isEqualTo("a@example.com");
		assertThat(details.language()).isEqualTo(InviteeLanguage.DUTCH);
		assertThat(details.country()).isEqualTo("BE");
		assertThat(client(rows.get(1)).details().language()).isNull();
	}

	@Test
	void takesTheGuardOfItsOwnExportFromTheNameOfTheRowOnly() {
		List<BatchRow> rows = rows(CSV,
				"rowRef,name,email\n'-5,'-A,a@example.com\n\"''=1\",B,nobody\n's,C,c@example.com\n");

		assertThat(rows).extracting(BatchRow::rowRef).containsExactly("-5", "'=1", "'s");
		assertThat(client(rows.getFirst()).details().name()).isEqualTo("'-A");
	}

	@Test
	void countsLinesTrulyAndPassesBlankRecordsOver() {
		List<BatchRow> rows = rows(CSV,
				"\n\r\nname;email;message\r\nA;a@example.com;\"1\r\n2\n3\r4\"\r\n\r\n;;\r\n ; ;\r\nB;b@example.com;\r\n\"\";;\nC;c@example.com");

		assertThat(rows).extracting(Uploads::glance).containsExactly("4 A", "11 B", "13 C");
		assertThat(rows).extracting(BatchRow::number).containsExactly(1, 2, 3);
		assertThat(client(rows.getFirst()).message()).isEqualTo("1\n2\n3\n4");
	}

	@Test
	void takesCarriageReturnsAloneForLineBreaks() {
		assertThat(rows(CSV, "name,email\rA,a@example.com\r\rB,b@example.com\r")).extracting(Uploads::glance)
			.containsExactly("2 A", "4 B");
	}

	@Test
	void readsTheSameWhereverTheNetworkCuts() {
		byte[] file = bytes(
				"\uFEFFName;\"E-mail\";message;Telefon\r\nZoë 👩‍💼;z@bücher.example;\"a\r\n\"\"b\"\"\r\nc\";1\r\n;;;\r\n"
						+ "\"broken\"x;b@example.com\r\nC;c@example.com;\"unclosed\r\nD;d@example.com\r\nE;e@example.com;;;too many\rF;f@example.com");
		List<BatchRow> whole = rows(CSV, file);
		assertThat(whole).extracting(Uploads::glance)
			.containsExactly("2 Zoë 👩‍💼", "6 malformed", "7 malformed", "8 D", "9 malformed", "10 F");

		for (int at = 0; at <= file.length; at++) {
			assertThat(rows(CSV, Arrays.copyOf(file, at), Arrays.copyOfRange(file, at, file.length))).isEqualTo(whole);
		}
		for (int length = 1; length < 40; length++) {
			assertThat(rows(CSV, cut(file, length))).isEqualTo(whole);
		}
	}

	@Test
	void knowsRecordsThatAreNotUtf8() {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		file.writeBytes(bytes("rowRef;name;email\nR-1;M"));
		file.write(0xFC);
		file.writeBytes(bytes("ller;a@example.com\nR"));
		file.write(0xFC);
		file.writeBytes(bytes(";B;b@example.com\nR-3;C;c@example.com\n"));

		List<BatchRow> rows = rows(CSV, file.toByteArray());

		assertThat(rows).extracting(Uploads::glance).containsExactly("2 invalid-encoding", "3 invalid-encoding", "4 C");
		assertThat(rows).extracting(BatchRow::rowRef).containsExactly("R-1", null, "R-3");
		assertThat(detail(rows.getFirst())).contains("CSV UTF-8");
	}

	@Test
	void saysWhatIsWrongWithAField() {
		List<BatchRow> rows = rows(CSV,
				"rowRef,name,email,country\nR-1,,a@example.com,\nR-2,B,Geheim,\nR-3,C,c@example.com,XX\n");

		assertThat(rows).extracting(Uploads::reason)
			.containsExactly(RowReason.MISSING_NAME, RowReason.INVALID_ADDRESS, RowReason.INVALID_COUNTRY);
		assertThat(rows).extracting(BatchRow::rowRef).containsExactly("R-1", "R-2", "R-3");
		assertThat(detail(rows.get(0))).isEqualTo("name: missing (expected: the company's name)");
		assertThat(detail(rows.get(1))).isEqualTo("email: not an address (expected: local-part@domain)");
	}

	@Nested
	class Headers {

		@ParameterizedTest
		@ValueSource(strings = { "name,email,externalReference", "NAME,E-Mail,External Reference",
				"Name;email;external_reference", "name\temail\tEXTERNAL-REFERENCE",
				"\uFEFFname,email,externalreference", " name , email ,externalReference ",
				"sep=;\nname;email;externalReference", "SEP=,\r\nname,email,externalReference",
				"\"name\";\"email\";\"external\nReference\"", "sep=\t\nname\temail\texternalReference" })
		void areReadHoweverTheyAreWritten(String header) {
			String delimiter = header.contains("\t") ? "\t" : header.contains(";") ? ";" : ",";

			BatchRow row = rows(CSV, header + "\n" + String.join(delimiter, "A", "a@example.com", "K-1")).getFirst();

			assertThat(name(row)).isEqualTo("A");
			assertThat(client(row).details().externalReference()).isEqualTo("K-1");
		}

		@Test
		void areNotTakenApartByWhatIsQuoted() {
			assertThat(read(CSV, "name;email;\"a,b,c,d\"\nA;a@example.com;x,y\n").ignoredColumns())
				.containsExactly("a,b,c,d");
		}

		@Test
		void reportColumnsThatMeanNothing() {
			Uploads.Read read = read(CSV, "Telefon, name ,Straße  1,email,,\n1,A,2,a@example.com,3,4\n");

			assertThat(read.ignoredColumns()).containsExactly("Telefon", "Straße 1");
			assertThat(read.rows()).extracting(Uploads::glance).containsExactly("2 A");
		}

		@Test
		void reportNoMoreColumnsThanAnybodyReads() {
			String header = "name,email," + "👩x".repeat(200) + ",x".repeat(500);

			List<String> ignored = read(CSV, header + "\nA,a@example.com\n").ignoredColumns();

			assertThat(ignored).hasSize(100);
			assertThat(ignored.getFirst()).isEqualTo("👩x".repeat(50));
		}

		@ParameterizedTest
		@ValueSource(strings = { "email,country\n", "name\nA\n", "Firma;Adresse\n",
				"A,a@example.com\nB,b@example.com\n", "name,email,E-Mail\n",
				"name,email,External Reference,external_reference\n", "\"name,email\nA,a@example.com\n",
				"\"name\"x,email\n", "{\"name\":\"A\",\"email\":\"a@example.com\"}\n", "sep=;\nsep=;\nname;email\n" })
		void refuseTheUploadWhenTheyAreNotUnderstood(String text) {
			assertThatExceptionOfType(InvalidColumns.class).isThrownBy(() -> rows(CSV, text))
				.satisfies((ex) -> assertThat(ex.getMessage()).contains("expected: ").doesNotContain("example.com"))
				.satisfies((ex) -> assertThat(ex.line()).isBetween(1, 2))
				.satisfies((ex) -> assertThat(ex.row()).as("a header is none").isZero());
		}

		@Test
		void refuseTheUploadWhenTheyAreTooLong() {
			assertThatExceptionOfType(InvalidColumns.class)
				.isThrownBy(() -> rows(CSV, "name,email," + "x".repeat(70_000) + "\nA,a@example.com\n"));
		}

		@Test
		void refuseTheUploadWhenTheyAreNotUtf8() {
			assertThatExceptionOfType(InvalidUploadEncoding.class)
				.isThrownBy(() -> rows(CSV, new byte[] { 'n', (byte) 0xFC, '\n' }))
				.withMessageContaining("CSV UTF-8");
		}

		@ParameterizedTest
		@ValueSource(strings = { "name,email", "name,email\r\n", "name,email\n,\n\n", "\n\n", "sep=;\n",
				"sep=;\nname;email" })
		void aloneAreNoRows(String text) {
			assertThatExceptionOfType(UploadWithoutRows.class).isThrownBy(() -> rows(CSV, text));
		}

	}

	@Nested
	class MisplacedQuotes {

		@Test
		void areTakenAsTheyAreInsideAFieldWithout() {
			assertThat(rows(CSV, "name,email\nBob \"the\" Builder,a@example.com\n 5\" Ltd,b@example.com\n"))
				.extracting(Uploads::glance)
				.containsExactly("2 Bob \"the\" Builder", "3 5\" Ltd");
		}

		@Test
		void makeOneRowMalformed() {
			List<BatchRow> rows = rows(CSV, "name,email\n\"Bob\" Builder,a@example.com\nB,b@example.com\n");

			assertThat(rows).extracting(Uploads::glance).containsExactly("2 malformed", "3 B");
			assertThat(detail(rows.getFirst())).startsWith("something follows a closing quote (expected: ");
		}

		@Test
		void doNotSwallowTheRowsToTheEnd() {
			List<BatchRow> rows = rows(CSV, "name,email\n\"A,a@example.com\nB,b@example.com\r\nC,c@example.com");

			assertThat(rows).extracting(Uploads::glance).containsExactly("2 malformed", "3 B", "4 C");
			assertThat(detail(rows.getFirst())).startsWith("a quote is opened and not closed (expected: ");
		}

		@Test
		void doNotSwallowTheRowsToTheNextQuote() {
			assertThat(
					rows(CSV, "name,email\n\"A,a@example.com\nB,b@example.com\n\"C\",c@example.com\nD,d@example.com\n"))
				.extracting(Uploads::glance)
				.containsExactly("2 malformed", "3 B", "4 C", "5 D");
		}

		@Test
		void doNotMakeOneRowOfMany() {
			assertThat(rows(CSV,
					"name,email\nA,\"a@example.com\nB,\"b@example.com\"\nC,c@example.com,\"\"\nD,d@example.com,x\n"))
				.extracting(Uploads::glance)
				.containsExactly("2 malformed", "3 B", "4 C", "5 malformed");
		}

		@Test
		void swallowNothingInAFileThatIsLong() {
			String more = "B,b@example.com\r\n".repeat(10_000);

			List<BatchRow> rows = rows(CSV,
					cut(bytes("name,email\n\"A,a@example.com\n" + more + "C,c@example.com\n"), 8_192));

			assertThat(rows).hasSize(10_002);
			assertThat(rows.get(0)).extracting(Uploads::glance).isEqualTo("2 line-too-long");
			assertThat(rows.get(1)).extracting(Uploads::glance).isEqualTo("3 B");
			assertThat(rows.get(10_001)).extracting(Uploads::glance).isEqualTo("10003 C");
		}

		/** Each of these opens a quote that never closes and costs the longest record. */
		@Test
		void costNoMoreThanABoundedAmountOfWork() {
			String bad = "a\";\"b\n".repeat(100_000);

			List<BatchRow> rows = rows(CSV, cut(bytes("name;email\n" + bad + "\";\";\nB;b@example.com\n"), 8_192));

			assertThat(rows).extracting(BatchRow::line)
				.as("every line has a result")
				.containsExactlyElementsOf(IntStream.rangeClosed(2, 100_003).boxed().toList());
			assertThat(rows.subList(0, 100_000)).extracting(Uploads::reason)
				.containsOnly(RowReason.LINE_TOO_LONG, RowReason.MALFORMED);
			assertThat(rows.getLast()).extracting(Uploads::glance).isEqualTo("100003 B");
			assertThat(detail(rows.get(99_999))).contains("every line is taken for a row");
		}

	}

	@Nested
	class NamesOfRowsThatCannotBeUsed {

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '\u0000', nullValues = "-", textBlock = """
				rowRef,name,email          | R1,Foods, Inc.,f@example.com        | R1
				rowRef,name,email          | "R1",Foods, Inc.,f@example.com      | R1
				rowRef,name,email          | '-1,Foods, Inc.,f@example.com       | -1
				rowRef,name,email          | R1,A,b,c,d                          | R1
				rowRef,name,email          | ,A,b,c,d                            | -
				rowRef,name,email          | ...,A,b,c,d                         | -
				rowRef,name,email          | R1,"x"y,f@example.com               | R1
				rowRef,name,email          | R1,"x,f@example.com                 | R1
				rowRef,name,email          | "R1"x,A,f@example.com               | -
				rowRef,name,email          | "R1,A,f@example.com                 | -
				rowRef,name,email          | "R1,"A",f@example.com               | -
				rowRef,name,email          | "R""1",A,"f@example.com             | R"1
				name,rowRef,email          | A,R1,"f@example.com                 | R1
				name,rowRef,email          | "A"x,R1,f@example.com               | -
				name,rowRef,email          | Foods, Inc.,R1,f@example.com        | -
				name,rowRef,email,country  | A,R1,f@example.com,BE,x             | R1
				name,rowRef,email,country  | Foods, Inc.,R1,f@example.com,BE     | -
				name,email,rowRef          | A,f@example.com,R1,x                | -
				name,email,rowRef          | A,f@example.com,"R1"x               | -
				name,email,rowRef,message  | A,f@example.com,R1,"x"y             | R1
				name,email                 | A,f@example.com,R1,"x"y             | -
				""")
		void areKeptWhereTheyAreSure(String header, String line, @Nullable String rowRef) {
			BatchRow row = rows(CSV, header + "\n" + line + "\n").getFirst();

			assertThat(reason(row)).isEqualTo(RowReason.MALFORMED);
			assertThat(row.rowRef()).isEqualTo(rowRef);
		}

		@Test
		void areNotTakenFromALineBelow() {
			List<BatchRow> rows = rows(CSV, "name,rowRef,email,message\nA,\"R1\n2\",a@example.com,\"x\"y\n"
					+ "\"B,b@example.com\n\",R2,c@example.com,\"x\"y\n\"C\n\",R3,c@example.com,x,y\n");

			assertThat(rows).extracting(Uploads::glance)
				.containsExactly("2 malformed", "3 malformed", "4 malformed", "5 malformed", "6 malformed",
						"7 malformed");
			assertThat(List.of(rows.get(0), rows.get(2), rows.get(4))).extracting(BatchRow::rowRef).containsOnlyNulls();
		}

		@Test
		void areKeptOfARecordThatIsTooLong() {
			String huge = "x".repeat(70_000);

			List<BatchRow> rows = rows(CSV,
					cut(bytes("rowRef,name,email\nR1," + huge + ",a@example.com\nR2,\"" + huge + "\",b@example.com\n"
							+ huge + ",C,c@example.com\n\"" + huge + "\"\"\",D,d@example.com\nR5,\"E\n"
							+ "F\n".repeat(40_000)), 8_192));

			assertThat(rows.subList(0, 5)).extracting(Uploads::glance)
				.containsExactly("2 line-too-long", "3 line-too-long", "4 line-too-long", "5 line-too-long",
						"6 line-too-long");
			assertThat(rows.subList(0, 5)).extracting(BatchRow::rowRef).containsExactly("R1", "R2", null, null, "R5");
		}

		/** It ends with the last byte that is held. */
		@Test
		void areNotTakenInPart() {
			for (int length = 65_530; length < 65_540; length++) {
				String start = "x".repeat(length - 3) + ",";

				assertThat(rows(CSV, "name,rowRef,email\n" + start + "R1234567,a@example.com\n").getFirst().rowRef())
					.isIn(null, "R1234567");
			}
		}

		@Test
		void areKeptOfARecordInAnotherEncodingWithADelimiterTooMany() {
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			file.writeBytes(bytes("name,rowRef,email\nM"));
			file.write(0xFC);
			file.writeBytes(bytes("ller, Inc.,R1,a@example.com\nA,R2,a@example.com,"));
			file.write(0xFC);

			List<BatchRow> rows = rows(CSV, file.toByteArray());

			assertThat(rows).extracting(Uploads::reason).containsOnly(RowReason.INVALID_ENCODING);
			assertThat(rows).extracting(BatchRow::rowRef).containsExactly(null, "R2");
		}

	}

	@Nested
	class LongRecords {

		@Test
		void arePassedOverWithoutHoldingThem() {
			String huge = "x".repeat(10_000_000);
			String file = "name,email\nA,a@example.com\n" + huge + "\r\nB,b@example.com\n\"" + huge
					+ "\nC,c@example.com\n" + huge;

			assertThat(rows(CSV, cut(bytes(file), 8_192))).extracting(Uploads::glance)
				.containsExactly("2 A", "3 line-too-long", "4 B", "5 line-too-long", "6 C", "7 line-too-long");
		}

		@Test
		void mayHaveTheLengthOfTheLimit() {
			UploadProperties small = new UploadProperties(10, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
					PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());
			String longest = "A,a@example.com," + "x".repeat(16_384 - 16);
			byte[] file = bytes("name,email,other\n" + longest + "\n" + longest + "x\r\n" + longest);

			for (int length : new int[] { 1, 1_000, 16_384, 100_000 }) {
				assertThat(rows(small, CSV, cut(file, length))).extracting(Uploads::glance)
					.containsExactly("2 A", "3 line-too-long", "4 A");
			}
		}

		@Test
		void areCountedWhereTheLimitFallsOnALineBreak() {
			UploadProperties small = new UploadProperties(10_000, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
					PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());
			for (int length = 16_370; length < 16_390; length++) {
				String file = "name,email\n\"A," + "x".repeat(length) + "\r\nB,b@example.com\r\n";

				assertThat(rows(small, CSV, bytes(file)).getLast()).extracting(Uploads::glance).isEqualTo("3 B");
			}
		}

	}

	@Test
	void refusesTheRowTooMany() {
		UploadProperties two = new UploadProperties(2, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
				PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());

		assertThatExceptionOfType(TooManyRows.class)
			.isThrownBy(() -> rows(two, CSV, bytes("name,email\nA,a@example.com\n,x\n\nC,c@example.com\n")))
			.satisfies((ex) -> {
				assertThat(ex.row()).isEqualTo(3);
				assertThat(ex.line()).isEqualTo(5);
			});
	}

	@Test
	void readsFieldsThatAreNotValidAsRowsOfTheirOwn() {
		assertThat(rows(CSV, "name,email\n,a@example.com\n")).extracting(Uploads::glance)
			.containsExactly("2 missing-name");
		assertThat(reason(rows(CSV, "name,email\nA\n").getFirst())).isEqualTo(RowReason.MISSING_ADDRESS);
	}

}
