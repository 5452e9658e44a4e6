package com.banqup.invitations.api.batch.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.banqup.invitations.api.ControllerServer;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchRows;
import com.banqup.invitations.api.batch.ListedRow;
import com.banqup.invitations.api.batch.RowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists of rows whose last page the database does not give. */
class BrokenExportIT {

	private static final int PATIENCE = 60_000;

	/** After the last chunk of a whole answer (RFC 9112). */
	private static final String END = "0\r\n\r\n";

	private static final BatchId BATCH = new BatchId(UUID.randomUUID());

	@ParameterizedTest
	@ValueSource(strings = { "ndjson", "csv" })
	void doNotLookWhole(String format) throws IOException {
		String answer = answer(format, false);

		assertThat(answer).startsWith("HTTP/1.1 200 ").contains("K-4").doesNotContain("K-5").doesNotEndWith(END);
	}

	@Test
	void lookWholeWhenTheyAre() throws IOException {
		assertThat(answer("ndjson", true)).contains("K-4", "K-5").endsWith(END);
	}

	private static String answer(String format, boolean whole) throws IOException {
		BatchProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("invite.batches.export-page", "2")))
			.bindOrCreate("invite.batches", BatchProperties.class);
		BatchRows rows = (id, state, after, limit) -> (after.row() < 4 || whole) ? page(after.row(), limit)
				: Flux.error(new DataAccessResourceFailureException("away"));
		try (ControllerServer server = ControllerServer.of((settings) -> settings,
				new ExportController(new RowExport(rows, JsonMapper.shared(), properties)));
				Socket caller = server.connect()) {
			caller.setSoTimeout(PATIENCE);
			caller.getOutputStream()
				.write("GET /%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(format)
					.getBytes(StandardCharsets.US_ASCII));
			return new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Of five rows. */
	private static Flux<ListedRow> page(int after, int limit) {
		return Flux.fromStream(IntStream.rangeClosed(after + 1, Math.min(5, after + limit))
			.mapToObj((number) -> new ListedRow(number, number, "K-" + number, RowState.INVITED, null, null, null, null,
					null, null, 0)));
	}

	@RestController
	static class ExportController {

		private final RowExport export;

		ExportController(RowExport export) {
			this.export = export;
		}

		@GetMapping("/ndjson")
		Flux<DataBuffer> ndjson() {
			return this.export.ndjson(BATCH, null);
		}

		@GetMapping("/csv")
		Flux<DataBuffer> csv() {
			return this.export.csv(BATCH, null);
		}

	}

}
