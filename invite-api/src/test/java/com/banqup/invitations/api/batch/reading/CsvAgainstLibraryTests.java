package com.banqup.invitations.api.batch.reading;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.banqup.invitations.api.batch.BatchRow;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import org.junit.jupiter.api.Test;

import static com.banqup.invitations.api.batch.reading.Uploads.CSV;
import static com.banqup.invitations.api.batch.reading.Uploads.PROPERTIES;
import static com.banqup.invitations.api.batch.reading.Uploads.bytes;
import static com.banqup.invitations.api.batch.reading.Uploads.client;
import static com.banqup.invitations.api.batch.reading.Uploads.cut;
import static com.banqup.invitations.api.batch.reading.Uploads.rows;
import static org.assertj.core.api.Assertions.assertThat;

/** Reads what another program writes, whatever is in it. */
class CsvAgainstLibraryTests {

	private static final String[] PARTS = { "a", "é", "👩", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "x y", "'" };

	private final Random random = new Random(42);

	private String text() {
		StringBuilder text = new StringBuilder("m");
		for (int count = this.random.nextInt(8); count > 0; count--) {
			text.append(PARTS[this.random.nextInt(PARTS.length)]);
		}
		return text.append('.').toString();
	}

	@Test
	void findsTheSameFields() throws IOException {
		for (int file = 0; file < 100; file++) {
			char delimiter = ",;\t".charAt(file % 3);
			boolean quoteAll = this.random.nextBoolean();
			LineDelimiter lines = this.random.nextBoolean() ? LineDelimiter.CRLF : LineDelimiter.LF;
			CsvWriter.CsvWriterBuilder builder = CsvWriter.builder().fieldSeparator(delimiter).lineDelimiter(lines);
			StringWriter text = new StringWriter();
			CsvWriter csv = (quoteAll ? builder.quoteStrategy(QuoteStrategies.ALWAYS) : builder).build(text);
			csv.writeRecord("message", "name", "email");
			List<String> messages = new ArrayList<>();
			for (int row = 0; row < 50; row++) {
				messages.add(text());
				csv.writeRecord(messages.getLast(), "A" + row, "a@example.com");
			}
			csv.flush();

			List<BatchRow> rows = rows(PROPERTIES, CSV, cut(bytes(text.toString()), 1 + this.random.nextInt(200)));

			assertThat(rows).extracting((row) -> client(row).message())
				.containsExactlyElementsOf(messages.stream().map((message) -> message.replace("\r\n", "\n")).toList());
			assertThat(rows.getLast()).extracting(Uploads::name).isEqualTo("A49");
			assertThat(rows.getLast().line())
				.isEqualTo(1 + messages.stream().mapToLong((message) -> message.lines().count()).sum()
						- messages.getLast().lines().count() + 1);
		}
	}

}
