package com.banqup.invitations.systemtests.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class BulkRowsTests {

	@Test
	void areLinesOfJsonWithAddressesOfTheirOwn() throws IOException {
		BulkRows rows = new BulkRows(1_000, "bulk.example");
		ByteArrayOutputStream out = new ByteArrayOutputStream();

		rows.writeTo(out);

		List<JsonNode> lines = out.toString(StandardCharsets.UTF_8).lines().map(JsonMapper.shared()::readTree).toList();
		assertThat(lines).hasSize(1_000);
		assertThat(lines.stream().map((line) -> line.required("email").asString()).distinct()).hasSize(1_000);
		assertThat(lines.get(42).required("email").asString()).isEqualTo("c0000042@bulk.example");
		assertThat(lines.get(42).required("rowRef").asString()).isEqualTo("R42");
		assertThat(rows.address(42)).isEqualTo("c0000042@bulk.example");
	}

	@Test
	void areTheSameWhenTheyAreWrittenInParts() throws IOException {
		BulkRows rows = new BulkRows(100, "bulk.example");
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		ByteArrayOutputStream parts = new ByteArrayOutputStream();

		rows.writeTo(whole);
		rows.write(parts, 0, 60);
		rows.write(parts, 60, 100);

		assertThat(parts.toString(StandardCharsets.UTF_8)).isEqualTo(whole.toString(StandardCharsets.UTF_8));
	}

}
