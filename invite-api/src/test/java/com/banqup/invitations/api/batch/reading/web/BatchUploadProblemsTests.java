package com.banqup.invitations.api.batch.reading.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.banqup.invitations.api.batch.reading.Upload;
import com.banqup.invitations.api.batch.reading.UploadProperties;
import com.banqup.invitations.api.batch.reading.UploadReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

class BatchUploadProblemsTests {

	private static WebTestClient client(Duration idleTimeout) {
		return WebTestClient
			.bindToController(
					new UploadController(
							new UploadReader(
									new UploadProperties(2, DataSize.ofKilobytes(16), DataSize.ofKilobytes(16),
											idleTimeout, DataSize.ofKilobytes(1), Duration.ofHours(1), 1),
									Schedulers.immediate())))
			.controllerAdvice(new BatchUploadProblems())
			.build();
	}

	private static WebTestClient.BodyContentSpec answer(String type, Flux<DataBuffer> body, int status) {
		return answer(client(Duration.ofSeconds(30)), type, body, status);
	}

	private static WebTestClient.BodyContentSpec answer(WebTestClient client, String type, Flux<DataBuffer> body,
			int status) {
		return client.post()
			.uri("/uploads")
			.contentType(MediaType.parseMediaType(type))
			.body(body, DataBuffer.class)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody();
	}

	private static Flux<DataBuffer> body(String text) {
		return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false,
			textBlock = """
					text/csv||400|empty-upload|The upload cannot be read: nothing (expected: rows).
					text/csv|name,email|400|no-rows|The upload cannot be read: no rows (expected: at least 1).
					application/x-ndjson|~|400|no-rows|The upload cannot be read: no rows (expected: at least 1).
					text/plain|name|415|unsupported-media-type|The upload cannot be read: Content-Type: not one that is read (expected: application/x-ndjson, text/csv or application/json).
					""")
	void answersWhatHasNoPlace(String type, @Nullable String text, int status, String name, String detail) {
		answer(type, body((text != null) ? text.replace('~', '\n') : ""), status).jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/" + name)
			.jsonPath("$.detail")
			.isEqualTo(detail)
			.jsonPath("$.row")
			.doesNotExist();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/x-ndjson | %PDF-1.7                   | 400 | invalid-encoding | 1 | 1
			application/x-ndjson | {}~~{}~{}                  | 413 | too-many-rows    | 3 | 4
			""")
	void answersWithTheRowAndLine(String type, String text, int status, String name, int row, int line) {
		answer(type, body(text.replace('~', '\n')), status).jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/" + name)
			.jsonPath("$.row")
			.isEqualTo(row)
			.jsonPath("$.line")
			.isEqualTo(line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			~Name;Telefon~    | invalid-columns  | 2
			name,"email~A,b   | invalid-columns  | 1
			%PDF-1.7          | invalid-encoding | 1
			""")
	void answersWithTheLineOfAHeaderWhichIsNoRow(String text, String name, int line) {
		answer("text/csv", body(text.replace('~', '\n')), 400).jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/" + name)
			.jsonPath("$.line")
			.isEqualTo(line)
			.jsonPath("$.row")
			.doesNotExist();
	}

	@Test
	void answersWithoutAPlaceWhereNothingWasRead() {
		answer("text/csv;charset=ISO-8859-1", body("name,email\nA,a@example.com"), 400).jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/invalid-encoding")
			.jsonPath("$.line")
			.doesNotExist()
			.jsonPath("$.row")
			.doesNotExist();
	}

	@Test
	void answersWithTheElementOfJsonThatIsNoId() {
		answer("application/json", body("{\"clientIds\":[\"00000000-0000-0001-0000-000000000001\",\n7]}"), 400).json("""
				{"type": "https://banqup.example/problems/invalid-request", "row": 2, "line": 2,
				 "errors": [{"field": "clientIds[1]", "message": "of the wrong type (expected: a UUID)"}]}
				""").jsonPath("$.column").isNumber().jsonPath("$.batchId").doesNotExist();
	}

	@Test
	void answersWhereJsonIsMalformed() {
		answer("application/json", body("{\"clientIds\":[\"00000000-0000-0001-0000-000000000001\",\n}"), 400).json("""
				{"type": "https://banqup.example/problems/malformed-json", "row": 2, "line": 2, "column": 2,
				 "errors": [{"field": "clientIds[1]", "message": "not valid JSON"}]}
				""");
		answer("application/json", body("{\"clientIds\"\n[]}"), 400).jsonPath("$.line")
			.isEqualTo(2)
			.jsonPath("$.row")
			.doesNotExist()
			.jsonPath("$.errors")
			.doesNotExist();
	}

	@Test
	void answersWhatIsTooLarge() {
		answer("text/csv", body("name,email\nA,a@example.com\n" + " ".repeat(20_000)), 413).jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/upload-too-large")
			.jsonPath("$.row")
			.isEqualTo(2);
	}

	@Test
	void answersWhoSendsNothing() {
		answer(client(Duration.ofMillis(20)), "text/csv", body("name,email\n").concatWith(Flux.never()), 408)
			.jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/upload-timeout")
			.jsonPath("$.row")
			.doesNotExist()
			.jsonPath("$.line")
			.exists();
	}

	@RestController
	static class UploadController {

		private final UploadReader reader;

		UploadController(UploadReader reader) {
			this.reader = reader;
		}

		@PostMapping("/uploads")
		Mono<String> upload(@RequestHeader HttpHeaders headers, @RequestBody Flux<DataBuffer> body) {
			return this.reader.read(headers.getContentType(), headers, body,
					(upload) -> ((Upload.Rows) upload).rows().then(Mono.just("read")));
		}

	}

}
