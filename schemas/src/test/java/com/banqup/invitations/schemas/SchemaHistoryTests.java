package com.banqup.invitations.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The records against all their versions, kept as {@code history/NAME.VERSION.avsc}. */
class SchemaHistoryTests {

	private static final Path HISTORY = Path.of("history");

	@Test
	void everyRecordReadsAllItsVersions() throws IOException {
		Map<String, Schema> current = current();

		for (Map.Entry<String, List<Schema>> record : versions().entrySet()) {
			Schema reader = current.get(record.getKey());
			assertThat(reader).as("the record %s must stay: there are records of it", record.getKey()).isNotNull();
			assertThat(record.getValue()).allSatisfy(
					(writer) -> assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
						.isEqualTo(SchemaCompatibilityType.COMPATIBLE));
		}
	}

	@Test
	void theLastVersionOfEveryRecordIsKept() throws IOException {
		Map<String, List<Schema>> versions = versions();

		assertThat(current()).allSatisfy((name, schema) -> assertThat(versions.getOrDefault(name, List.of()))
			.as("add the changed %s to history, with the next number", name)
			.last()
			.isEqualTo(schema));
	}

	/** As written, for what the classes say of Java types is no part of the contract. */
	private static Map<String, Schema> current() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
			return files.map(SchemaHistoryTests::parse).collect(Collectors.toMap(Schema::getName, Function.identity()));
		}
	}

	private static Schema parse(Path file) {
		try {
			return new Schema.Parser().parse(file.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** By name, the oldest version first. */
	private static Map<String, List<Schema>> versions() throws IOException {
		Map<String, Map<Integer, Schema>> versions = new TreeMap<>();
		try (Stream<Path> files = Files.list(HISTORY)) {
			for (Path file : files.toList()) {
				String[] words = file.getFileName().toString().split("\\.");
				versions.computeIfAbsent(words[0], (name) -> new TreeMap<>())
					.put(Integer.valueOf(words[1]), parse(file));
			}
		}
		return versions.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> List.copyOf(entry.getValue().values())));
	}

}
