package com.banqup.invitations.acceptance.invitation.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

/** What a registry's answer means for a record, by Confluent's own client. */
class RequestsDeserializerTests {

	/** "A" under the schema of id 7. */
	private static final byte[] BYTES = { 0, 0, 0, 0, 7, 2, 65 };

	private static final String ITS_SCHEMA = "{\"schema\": \"\\\"string\\\"\"}";

	private final RequestsDeserializer deserializer = new RequestsDeserializer();

	private HttpServer registry;

	private volatile String answer = ITS_SCHEMA;

	RequestsDeserializerTests() throws IOException {
		this.registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@BeforeEach
	void startRegistry() {
		this.registry.createContext("/", this::answer);
		this.registry.start();
		this.deserializer.configure(Map.of("schema.registry.url",
				"http://127.0.0.1:" + this.registry.getAddress().getPort(), "max.retries", 0), false);
	}

	@AfterEach
	void stopRegistry() {
		this.deserializer.close();
		this.registry.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"schema\": null}", "{\"schema\": \"\"}", "{}", "{\"schemaType\": \"AVRO\"}", "null",
			"[]", "", "{\"message\": \"log in\"}", "<h1>Log in</h1>", "{\"schema\":" })
	void anAnswerWithoutASchemaSaysNothingOfTheRecord(String noSchema) {
		this.answer = noSchema;

		assertThat(read().mayBecomeReadable()).isTrue();

		this.answer = ITS_SCHEMA;
		assertThat(this.deserializer.deserialize("requests", BYTES)).as("asked again").hasToString("A");
	}

	@Test
	void anAnswerThatBreaksOffSaysNothingOfTheRecord() {
		this.answer = ITS_SCHEMA + " ".repeat(100_000);
		this.registry.removeContext("/");
		this.registry.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, this.answer.length());
			exchange.getResponseBody().write("{\"schema\": ".getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
			exchange.close();
		});

		assertThat(read().mayBecomeReadable()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}", "{\"schema\": \"{}\"}",
			"{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = \\\"proto3\\\";\"}" })
	void aSchemaThatIsNoneOfAvrosIsFinal(String noAvro) {
		this.answer = noAvro;

		assertThat(read().mayBecomeReadable()).isFalse();
	}

	private UnreadableValue read() {
		Exception failure = catchException(() -> this.deserializer.deserialize("requests", BYTES));
		assertThat(failure).isNotNull();
		return new UnreadableValue(BYTES, failure);
	}

	private void answer(HttpExchange exchange) {
		byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
			exchange.sendResponseHeaders(200, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
