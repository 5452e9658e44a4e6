package com.banqup.invitations.api.batch.reading;

import java.util.HexFormat;
import java.util.List;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.banqup.invitations.api.batch.reading.Uploads.NDJSON;
import static com.banqup.invitations.api.batch.reading.Uploads.rows;
import static org.assertj.core.api.Assertions.assertThat;

class RowsDigestTests {

	private static final String ROW = "\"rowRef\":\"R\",\"externalReference\":\"K\",\"name\":\"A\",\"email\":\"a@example.com\","
			+ "\"language\":\"de\",\"vatNumber\":\"DE1\",\"country\":\"DE\",\"message\":\"M\"";

	private static String digest(String text) {
		return HexFormat.of().formatHex(RowsDigest.of(rows(NDJSON, text)));
	}

	@Test
	void isTheSameForTheSameRowsOnOtherLines() {
		assertThat(digest("{" + ROW + "}")).hasSize(64).isEqualTo(digest("\n\n { " + ROW + " }\r\n"));
	}

	/**
	 * Uploads are repeated across releases: whatever changes this breaks those that wait.
	 */
	@Test
	void staysTheSameAcrossReleases() {
		assertThat(digest("{" + ROW + "}\nnonsense"))
			.isEqualTo("b67df3bcd67cf35474709c53d1f320c82882f1c1c811eb7fa8f29c23898b6508");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "rowRef", "externalReference", "name", "email", "language", "vatNumber", "country", "message" })
	void differsWithEachField(String field) {
		String other = ROW.replaceFirst("\"" + field + "\":\"([^\"@]+)", "\"" + field + "\":\"" + switch (field) {
			case "language" -> "fr";
			case "country" -> "FR";
			default -> "other1";
		});

		assertThat(other).isNotEqualTo(ROW);
		assertThat(rows(NDJSON, "{" + other + "}").getFirst().content()).isInstanceOf(BatchRow.NamedClient.class);
		assertThat(digest("{" + other + "}")).isNotEqualTo(digest("{" + ROW + "}"));
	}

	@Test
	void differsWithTheRowsNumberAndOrder() {
		String first = "{" + ROW + "}\n";
		String second = first.replace("\"A\"", "\"B\"");

		assertThat(digest(first + second)).isNotEqualTo(digest(second + first));
		assertThat(digest(first)).isNotEqualTo(digest(first + first));
	}

	@Test
	void looksAtTheReasonOfUnusableRowsAndNotAtTheWords() {
		BatchRow row = new BatchRow(1, 1, null, new Unusable(RowReason.MALFORMED, "some words"));
		BatchRow otherWords = new BatchRow(1, 1, null, new Unusable(RowReason.MALFORMED, "other words"));
		BatchRow otherReason = new BatchRow(1, 1, null, new Unusable(RowReason.INVALID_NAME, "some words"));

		assertThat(RowsDigest.of(List.of(row))).isEqualTo(RowsDigest.of(List.of(otherWords)))
			.isNotEqualTo(RowsDigest.of(List.of(otherReason)));
	}

}
