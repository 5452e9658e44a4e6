package com.banqup.invitations.dispatch.delivery.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.TrustedRecords;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class ReceivedDeserializerTests {

	private static final String TOPIC = "invitation-requests";

	private static final InvitationRevocationRequested REVOCATION = new InvitationRevocationRequested(UUID.randomUUID(),
			UUID.randomUUID(), UUID.randomUUID(), Instant.parse("2026-03-01T09:00:00Z"));

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final ReceivedDeserializer deserializer = new ReceivedDeserializer();

	@BeforeEach
	void configure() {
		TrustedRecords.trust();
		this.serializer.configure(config("mock://received"), false);
		this.deserializer.configure(config("mock://received"), false);
	}

	@Test
	void givesTheRecordAndItsBytes() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isEqualTo(new Received.Decoded(bytes, REVOCATION));
	}

	@Test
	void neverThrowsOnBytesThatAreNoAvro() {
		byte[] bytes = "hello".getBytes(StandardCharsets.UTF_8);

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isInstanceOfSatisfying(Received.Undecodable.class,
				(undecodable) -> {
					assertThat(undecodable.bytes()).isEqualTo(bytes);
					assertThat(undecodable.error()).isNotEmpty();
				});
		assertThat(this.deserializer.deserialize(TOPIC, new byte[0])).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void neverThrowsOnARecordThatIsCutShort() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);

		assertThat(this.deserializer.deserialize(TOPIC, cut)).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void neverThrowsOnARecordWithDamage() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		Arrays.fill(bytes, 5, bytes.length, (byte) 0xFF);

		assertThat(this.deserializer.deserialize(TOPIC, bytes)).isInstanceOf(Received.Undecodable.class);
	}

	@Test
	void namesATypeThatItDoesNotKnow() {
		Schema schema = SchemaBuilder.record("SomethingNew")
			.namespace("com.banqup.invitations.requests")
			.fields()
			.requiredString("text")
			.endRecord();
		GenericData.Record value = new GenericData.Record(schema);
		value.put("text", "hello");

		byte[] bytes = this.serializer.serialize(TOPIC, value);

		assertThat(this.deserializer.deserialize(TOPIC, bytes))
			.isEqualTo(new Received.Unknown("com.banqup.invitations.requests.SomethingNew"));
	}

	@Test
	void saysNothingAboutARecordWhileTheRegistryIsDown() {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		ReceivedDeserializer cutOff = new ReceivedDeserializer();
		cutOff.configure(config("http://127.0.0.1:1"), false);

		assertThat(cutOff.deserialize(TOPIC, bytes)).isInstanceOf(Received.Unreadable.class);
	}

	@ParameterizedTest
	@CsvSource({ "404,text/html,<h1>Not Found</h1>", "404,application/json,{\"message\":\"no such path\"}",
			"400,text/plain,bad request", "200,text/html,<h1>Log in</h1>",
			"401,application/vnd.schemaregistry.v1+json,{\"error_code\":40101;\"message\":\"who are you\"}",
			"500,application/vnd.schemaregistry.v1+json,{\"error_code\":50001;\"message\":\"broken\"}" })
	void saysNothingAboutARecordWhenSomethingElseAnswers(int status, String type, String body) throws IOException {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		HttpServer proxy = answering(status, type, body.replace(';', ','));
		ReceivedDeserializer misled = new ReceivedDeserializer();
		misled.configure(config("http://127.0.0.1:" + proxy.getAddress().getPort()), false);
		try {
			assertThat(misled.deserialize(TOPIC, bytes)).isInstanceOf(Received.Unreadable.class);
		}
		finally {
			proxy.stop(0);
		}
	}

	@Test
	void believesTheRegistryThatThereIsNoSuchSchema() throws IOException {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		HttpServer registry = answering(404, "application/vnd.schemaregistry.v1+json",
				"{\"error_code\":40403,\"message\":\"Schema not found\"}");
		ReceivedDeserializer asking = new ReceivedDeserializer();
		asking.configure(config("http://127.0.0.1:" + registry.getAddress().getPort()), false);
		try {
			assertThat(asking.deserialize(TOPIC, bytes)).isInstanceOf(Received.Undecodable.class);
		}
		finally {
			registry.stop(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}",
			"{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}" })
	void neverWaitsForASchemaThatTheRegistryHasAndNobodyCanRead(String answer) throws IOException {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		HttpServer registry = answering(200, "application/vnd.schemaregistry.v1+json", answer);
		ReceivedDeserializer asking = new ReceivedDeserializer();
		asking.configure(config("http://127.0.0.1:" + registry.getAddress().getPort()), false);
		try {
			assertThat(asking.deserialize(TOPIC, bytes)).isInstanceOfSatisfying(Received.Undecodable.class,
					(undecodable) -> assertThat(undecodable.error()).contains("Invalid schema"));
		}
		finally {
			registry.stop(0);
		}
	}

	@Test
	void saysNothingAboutARecordWhenTheAnswerBreaksOff() throws IOException {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		registry.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 1000);
			exchange.getResponseBody().write("{\"schema\":".getBytes(StandardCharsets.UTF_8));
			exchange.getResponseBody().flush();
			exchange.close();
		});
		registry.start();
		ReceivedDeserializer asking = new ReceivedDeserializer();
		asking.configure(config("http://127.0.0.1:" + registry.getAddress().getPort()), false);
		try {
			assertThat(asking.deserialize(TOPIC, bytes)).isInstanceOf(Received.Unreadable.class);
		}
		finally {
			registry.stop(0);
		}
	}

	@Test
	void doesNotAskAgainForAWhileWhenTheRegistryNeverAnswers() throws IOException {
		byte[] bytes = this.serializer.serialize(TOPIC, REVOCATION);
		byte[] other = bytes.clone();
		other[4]++;
		AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
		AtomicInteger asked = new AtomicInteger();
		try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			Thread.ofVirtual().start(() -> acceptAll(blackHole, asked));
			ReceivedDeserializer waiting = new ReceivedDeserializer(nanoTime::get);
			Map<String, Object> config = config("http://127.0.0.1:" + blackHole.getLocalPort());
			config.put("schema.registry.http.read.timeout.ms", 100);
			waiting.configure(config, false);
			waiting.deserialize(TOPIC, bytes);
			int first = asked.get();

			for (int i = 0; i < 100; i++) {
				assertThat(waiting.deserialize(TOPIC, (i % 2 == 0) ? bytes : other))
					.isInstanceOf(Received.Unreadable.class);
			}
			assertThat(waiting.deserialize(TOPIC, new byte[] { 1 })).isInstanceOf(Received.Undecodable.class);
			assertThat(asked).hasValue(first);
			nanoTime.addAndGet(Duration.ofSeconds(5).toNanos());
			waiting.deserialize(TOPIC, bytes);

			assertThat(first).isPositive();
			assertThat(asked).hasValueGreaterThan(first);
		}
	}

	private static HttpServer answering(int status, String type, String body) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", (exchange) -> {
			byte[] content = body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", type);
			exchange.sendResponseHeaders(status, content.length);
			try (exchange) {
				exchange.getResponseBody().write(content);
			}
		});
		server.start();
		return server;
	}

	private static void acceptAll(ServerSocket listener, AtomicInteger accepted) {
		List<Socket> open = new ArrayList<>();
		try {
			while (true) {
				open.add(listener.accept());
				accepted.incrementAndGet();
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private static Map<String, Object> config(String registry) {
		Map<String, Object> config = new HashMap<>();
		config.put("schema.registry.url", registry);
		config.put("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
		config.put("specific.avro.reader", true);
		config.put("max.retries", 0);
		return config;
	}

}
