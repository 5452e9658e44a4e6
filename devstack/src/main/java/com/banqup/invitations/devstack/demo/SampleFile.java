package com.banqup.invitations.devstack.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;

/** Reads the companies that the demo invites. */
final class SampleFile {

	private SampleFile() {
	}

	/**
	 * All companies, in the order of the file.
	 * @throws DemoException that names the file and what is wrong with it
	 */
	static List<SampleClient> read(Path file) {
		try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
			return records.stream().map(SampleFile::client).toList();
		}
		catch (IOException | CsvParseException | IllegalArgumentException ex) {
			throw new DemoException("%s cannot be read: %s".formatted(file, ex.getMessage()), ex);
		}
	}

	private static SampleClient client(NamedCsvRecord row) {
		return new SampleClient(field(row, "name"), field(row, "email"), field(row, "language"),
				field(row, "externalReference"), field(row, "vatNumber"), field(row, "country"));
	}

	private static String field(NamedCsvRecord row, String column) {
		return row.findField(column)
			.orElseThrow(() -> new IllegalArgumentException(
					"line %d has no column %s".formatted(row.getStartingLineNumber(), column)));
	}

}
