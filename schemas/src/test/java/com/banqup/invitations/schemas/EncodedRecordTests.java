package com.banqup.invitations.schemas;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.schemas.Decoding.Decoded;
import com.banqup.invitations.schemas.Decoding.RegistryUnavailable;
import com.banqup.invitations.schemas.Decoding.Undecodable;
import com.banqup.invitations.schemas.Decoding.UnknownType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EncodedRecordTests {

	private static final int SINGLE_OBJECT_HEADER = 10;

	private static final InvitationProgressed PROGRESSED = InvitationProgressed.newBuilder()
		.setEventId(UUID.randomUUID())
		.setOccurredAt(Instant.parse("2026-03-01T10:00:00Z"))
		.setPartnerSpaceId(UUID.randomUUID())
		.setClientId(UUID.randomUUID())
		.setInvitationId(UUID.randomUUID())
		.setGeneration(1)
		.setStep(ProgressStep.OPENED)
		.build();

	private final EncodedRecordDeserializer values = new EncodedRecordDeserializer();

	private final HttpServer registry;

	private volatile int status;

	private volatile String answer = "";

	private volatile int asked;

	EncodedRecordTests() throws IOException {
		this.registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@BeforeEach
	void startRegistry() {
		this.registry.createContext("/", (exchange) -> {
			this.asked++;
			byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
			try (exchange) {
				exchange.sendResponseHeaders(this.status, (body.length > 0) ? body.length : -1);
				exchange.getResponseBody().write(body);
			}
		});
		this.registry.start();
		this.values.configure(Map.of("schema.registry.url", url(this.registry.getAddress().getPort())), false);
		answersWith(PROGRESSED.getSchema());
	}

	@AfterEach
	void stopRegistry() {
		this.registry.stop(0);
		this.values.close();
	}

	@Test
	void decodesARecordAndKeepsItsBytes() {
		byte[] bytes = progressed();

		assertThat(encoded(bytes).decode()).isEqualTo(new Decoded(PROGRESSED));
		assertThat(encoded(bytes).bytes()).isEqualTo(bytes);
	}

	@Test
	void decodesARecordOfANewerRelease() {
		answersWith(withField(PROGRESSED.getSchema(), "added"));
		byte[] old = progressed();
		byte[] newer = Arrays.copyOf(old, old.length + 2);
		newer[old.length] = 2;
		newer[old.length + 1] = 'x';

		assertThat(decode(newer)).isEqualTo(new Decoded(PROGRESSED));
	}

	@Test
	void asksOnlyWhenItIsAskedAndForEachSchemaOnce() {
		EncodedRecord first = encoded(progressed());
		EncodedRecord second = encoded(progressed());
		assertThat(this.asked).isZero();

		first.decode();
		second.decode();

		assertThat(this.asked).isEqualTo(1);
	}

	@Test
	void goesOnWithSchemasThatItKnowsWhileTheRegistryIsDown() {
		encoded(progressed()).decode();
		this.registry.stop(0);

		assertThat(decode(progressed())).isInstanceOf(Decoded.class);
	}

	@Test
	void namesATypeThatThisReleaseDoesNotKnow() {
		answersWith(SchemaBuilder.record("LinkRemoved")
			.namespace("com.banqup.invitations.events")
			.fields()
			.requiredString("reason")
			.endRecord());

		assertThat(decode(progressed())).isEqualTo(new UnknownType("com.banqup.invitations.events.LinkRemoved"));
	}

	@Test
	void isNothingForARecordWithoutAValue() {
		assertThat(this.values.deserialize("topic", null)).isNull();
	}

	@Nested
	class SaysNothingAboutTheRecord {

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				302 |
				400 | bad request
				401 | {"error_code":40101,"message":"Who are you?"}
				401 | <h1>Log in</h1>
				403 | {"error_code":40301,"message":"Not you"}
				404 | <html>no such ingress</html>
				404 |
				404 | {"message":"no such path"}
				404 | {"error_code":404,"message":"HTTP 404 Not Found"}
				404 | {"error_code":40401,"message":"Subject not found"}
				429 | {"error_code":42901,"message":"Later"}
				500 | {"error_code":50001,"message":"Store"}
				503 | <html>maintenance</html>
				""")
		void whateverTheRegistryRefusesButThatItHasNoSuchSchema(int status, @Nullable String answer) {
			answers(status, Objects.requireNonNullElse(answer, ""));

			saysNothingUntilTheRegistryAnswers();
		}

		/** As of a proxy, or of a registry that is starting. */
		@ParameterizedTest
		@ValueSource(strings = { "{\"schema\": null}", "{\"schema\": \"\"}", "{\"schema\": \" \"}", "{}",
				"{\"schemaType\": \"AVRO\"}", "{\"schemaType\": \"PROTOBUF\"}", "null", "[]", "",
				"{\"message\": \"log in\"}", "<h1>Log in</h1>", "{\"schema\":", "{\"schema\": \"{\\\"type\\\":" })
		void anAnswerWithoutASchema(String answer) {
			answers(200, answer);

			saysNothingUntilTheRegistryAnswers();
		}

		@Test
		void anAnswerThatBreaksOff() {
			String whole = EncodedRecordTests.this.answer;
			EncodedRecordTests.this.registry.removeContext("/");
			EncodedRecordTests.this.registry.createContext("/", (exchange) -> {
				exchange.sendResponseHeaders(200, whole.length());
				exchange.getResponseBody().write(whole.substring(0, 20).getBytes(StandardCharsets.UTF_8));
				exchange.getResponseBody().flush();
				exchange.close();
			});

			assertThat(decode(progressed())).isInstanceOf(RegistryUnavailable.class);
		}

		@Test
		void aRegistryThatIsDown() {
			EncodedRecordTests.this.registry.stop(0);

			assertThat(decode(progressed())).isInstanceOfSatisfying(RegistryUnavailable.class,
					(unavailable) -> assertThat(unavailable.reason()).isInstanceOf(IOException.class));
		}

		@Test
		void aRegistryThatHangs() throws IOException {
			try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
				EncodedRecordDeserializer waiting = new EncodedRecordDeserializer();
				waiting.configure(Map.of("schema.registry.url", url(hanging.getLocalPort()),
						"schema.registry.http.read.timeout.ms", 100), false);

				assertThat(Objects.requireNonNull(waiting.deserialize("topic", progressed())).decode())
					.isInstanceOf(RegistryUnavailable.class);
				waiting.close();
			}
		}

		private void saysNothingUntilTheRegistryAnswers() {
			EncodedRecord encoded = encoded(progressed());
			assertThat(encoded.decode()).isInstanceOf(RegistryUnavailable.class);
			assertThat(encoded.decode()).isInstanceOf(RegistryUnavailable.class);
			assertThat(EncodedRecordTests.this.asked).as("asked by each, and no more than that").isEqualTo(2);

			answersWith(PROGRESSED.getSchema());

			assertThat(encoded.decode()).as("asked again").isInstanceOf(Decoded.class);
		}

	}

	@Nested
	class WillNeverBeDecoded {

		@Test
		void aRecordWhoseSchemaTheRegistryDoesNotHave() {
			answers(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

			assertThat(decode(progressed())).isInstanceOfSatisfying(Undecodable.class,
					(undecodable) -> assertThat(undecodable.reason()).hasMessageContaining("40403"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "{\"schema\": \"no Avro at all\"}", "{\"schema\": \"{\\\"type\\\": \\\"record\\\"}\"}",
				"{\"schema\": \"{\\\"type\\\": \\\"nonsense\\\"}\"}", "{\"schema\": \"{\\\"type\\\": \"}",
				"{\"schema\": \"{}\"}", "{\"schema\": \"[null]\"}", "{\"schema\": \"null\"}",
				"{\"schema\": \"{'type':'record','name':'R','fields':[{'name':'f','type':'int','order':'bogus'}]}\"}",
				"{\"schema\": \"{'type':'record','name':'R','fields':[{'name':'f','type':'int','order':1}]}\"}",
				"{\"schema\": \"{'type':'fixed','name':'F','size':2147483647}\"}",
				"{\"schemaType\": \"OPENAPI\", \"schema\": \"{}\"}", "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}",
				"{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax = \\\"proto3\\\";\"}" })
		void aRecordWhoseSchemaIsNoneOfAvro(String answer) {
			answers(200, answer.replace("'", "\\\""));

			assertThat(decode(progressed())).isInstanceOf(Undecodable.class);
		}

		@ParameterizedTest
		@ValueSource(strings = { "\"string\"", "[\"null\", \"string\"]",
				"{\"type\": \"enum\", \"name\": \"InvitationProgressed\", \"symbols\": [\"A\"]}" })
		void whatIsNoRecordByItsSchema(String schema) {
			answersWith(new Schema.Parser().parse(schema));

			assertThat(decode(progressed())).isInstanceOf(Undecodable.class);
		}

		@Test
		void aRecordThatLacksWhatItsTypeHasHere() {
			answersWith(SchemaBuilder.record(PROGRESSED.getSchema().getFullName())
				.fields()
				.requiredString("eventId")
				.endRecord());

			assertThat(decode(progressed())).isInstanceOf(Undecodable.class);
		}

		@Test
		void bytesThatAreInNoFormatOfOurs() {
			assertThat(decode(new byte[0])).isInstanceOf(Undecodable.class);
			assertThat(decode("no Avro at all".getBytes(StandardCharsets.UTF_8))).isInstanceOf(Undecodable.class);
			assertThat(decode(new byte[] { 0, 0, 0, 0 })).isInstanceOf(Undecodable.class);
			assertThat(decode(new byte[] { 7, 0, 0, 0, 1, 1 })).isInstanceOf(Undecodable.class);
			assertThat(EncodedRecordTests.this.asked).as("nobody was asked").isZero();
		}

		@Test
		void aRecordThatIsCutShort() {
			byte[] whole = progressed();

			for (int length = 5; length < whole.length; length++) {
				assertThat(decode(Arrays.copyOf(whole, length))).as("%s of %s bytes", length, whole.length)
					.isInstanceOf(Undecodable.class);
			}
		}

		@Test
		void aRecordWithDamage() {
			byte[] bytes = progressed();
			Arrays.fill(bytes, 5, bytes.length, (byte) 0xFF);

			assertThat(decode(bytes)).isInstanceOf(Undecodable.class);
		}

	}

	@Test
	void leavesTheLimitsOfTheRegistrysClientToWhoSetsThem() {
		assertThat(RegisteredSchemas.impatient(Map.of())).containsEntry("http.connect.timeout.ms", 3_000)
			.containsEntry("http.read.timeout.ms", 5_000)
			.containsEntry("max.retries", 0);
		assertThat(RegisteredSchemas
			.impatient(Map.of("schema.registry.http.read.timeout.ms", "70", "http.connect.timeout.ms", "80")))
			.containsEntry("schema.registry.http.read.timeout.ms", "70")
			.doesNotContainKey("http.read.timeout.ms")
			.containsEntry("http.connect.timeout.ms", "80")
			.containsEntry("max.retries", 0);
	}

	@Test
	void remembersNothingAsMissingWhateverTheSettingsSay() {
		EncodedRecordDeserializer forgetful = new EncodedRecordDeserializer();
		forgetful.configure(Map.of("schema.registry.url", url(this.registry.getAddress().getPort()),
				"missing.id.cache.ttl.sec", 60L), false);
		EncodedRecord encoded = Objects.requireNonNull(forgetful.deserialize("topic", progressed()));
		answers(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}");

		assertThat(encoded.decode()).isInstanceOf(RegistryUnavailable.class);
		assertThat(encoded.decode()).isInstanceOf(RegistryUnavailable.class);
		forgetful.close();
	}

	private Decoding decode(byte[] bytes) {
		return encoded(bytes).decode();
	}

	private EncodedRecord encoded(byte[] bytes) {
		return Objects.requireNonNull(this.values.deserialize("topic", bytes));
	}

	private void answersWith(Schema schema) {
		try {
			answers(200, new ObjectMapper().writeValueAsString(Map.of("schema", schema.toString())));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void answers(int status, String answer) {
		this.status = status;
		this.answer = answer;
	}

	private static String url(int port) {
		return "http://127.0.0.1:" + port;
	}

	private static Schema withField(Schema schema, String name) {
		Schema added = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false);
		added.setFields(
				Stream
					.concat(schema.getFields().stream().map((field) -> new Schema.Field(field, field.schema())),
							Stream.of(new Schema.Field(name, Schema.create(Schema.Type.STRING), null, "")))
					.toList());
		return added;
	}

	/** In the registry's format: a zero, the schema's id, the record. */
	private static byte[] progressed() {
		TrustedRecords.trust();
		try {
			ByteBuffer encoded = new BinaryMessageEncoder<InvitationProgressed>(
					SpecificData.getForClass(InvitationProgressed.class), PROGRESSED.getSchema())
				.encode(PROGRESSED);
			encoded.position(encoded.position() + SINGLE_OBJECT_HEADER);
			return ByteBuffer.allocate(5 + encoded.remaining()).put((byte) 0).putInt(1).put(encoded).array();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
