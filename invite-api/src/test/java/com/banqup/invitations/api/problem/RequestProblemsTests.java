package com.banqup.invitations.api.problem;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class RequestProblemsTests {

	private final WebTestClient http = WebTestClient.bindToController(new SampleController())
		.controllerAdvice(new RequestProblems(), new StorageProblems())
		.httpMessageCodecs((codecs) -> codecs.defaultCodecs()
			.jacksonJsonDecoder(new JacksonJsonDecoder(
					JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())))
		.build();

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					[]                      | not an object (expected: a JSON object) | 1
					7                       | not an object (expected: a JSON object) | 1
					~{"name":"A","name":"B"} | an object has the same field twice     | 2
					~{"name" "A"}           | not valid JSON                          | 2
					~{"name":NUMBER}        | it has a name, text or number that is longer than what is read, or is nested more deeply | -
					~{"LONG":1}             | it has a name, text or number that is longer than what is read, or is nested more deeply | -
					""")
	void saysWhyAndWhereJsonIsMalformed(String body, String reason, @Nullable Integer line) {
		String json = body.replace('~', '\n').replace("NUMBER", "1".repeat(2_000)).replace("LONG", "x".repeat(60_000));

		for (HttpMethod method : new HttpMethod[] { HttpMethod.POST, HttpMethod.PATCH }) {
			Problem problem = answer(
					this.http.method(method).uri("/things").contentType(MediaType.APPLICATION_JSON).bodyValue(json),
					400);

			assertThat(problem.type()).endsWith("/malformed-json");
			assertThat(problem.detail()).isEqualTo("The body is not valid: " + reason + ".");
			assertThat(problem.line()).as("line of %s by %s", reason, method).isEqualTo(line);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			/events | application/json | (expected: text/event-stream).
			/things | application/xml  | (expected: application/json, text/csv).
			""")
	void namesWhatThePathAnswersWith(String path, String accept, String expected) {
		Problem problem = answer(this.http.get().uri(path).header("Accept", accept), 406);

		assertThat(problem.detail()).contains(expected);
	}

	@Test
	void namesWhatThePathTakes() {
		Problem problem = answer(this.http.post().uri("/things").contentType(MediaType.TEXT_PLAIN).bodyValue("name=A"),
				415);

		assertThat(problem.detail()).contains("expected: ").contains("application/json");
	}

	@Test
	void namesTheHeaderThatIsMissing() {
		assertThat(answer(this.http.get().uri("/header"), 400).detail()).contains("X-Number");
	}

	@Test
	void asksForTheSameKeyOnlyWhereOneIsTaken() {
		assertThat(answer(this.http.post().uri("/broken"), 503).detail())
			.endsWith("Try again, with the same Idempotency-Key.");
		assertThat(answer(this.http.get().uri("/broken"), 503).detail()).endsWith("Try again.");
	}

	private static Problem answer(WebTestClient.RequestHeadersSpec<?> request, int status) {
		return requireNonNull(request.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(Problem.class)
			.returnResult()
			.getResponseBody());
	}

	private record Problem(String type, String detail, @Nullable Integer line) {
	}

	private record Thing(String name) {
	}

	@RestController
	static class SampleController {

		@PostMapping(path = "/things")
		String post(@RequestBody Thing thing) {
			return thing.name();
		}

		@PatchMapping(path = "/things")
		String patch(@RequestBody ObjectNode patch) {
			return patch.toString();
		}

		@GetMapping(path = "/things", produces = MediaType.APPLICATION_JSON_VALUE)
		Thing get() {
			return new Thing("A");
		}

		@GetMapping(path = "/things", produces = "text/csv")
		String getAsCsv() {
			return "A";
		}

		@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<ServerSentEvent<Thing>> events() {
			return Flux.empty();
		}

		@GetMapping("/header")
		String header(@RequestHeader("X-Number") int number) {
			return "" + number;
		}

		@GetMapping("/broken")
		String read() {
			throw new DataAccessResourceFailureException("away");
		}

		@PostMapping("/broken")
		String write() {
			throw new DataAccessResourceFailureException("away");
		}

	}

}
