package com.banqup.invitations.api.invitation.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.ProgressStep;
import com.banqup.invitations.schemas.TrustedRecords;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class OnboardingEventReaderTests {

	private static final int SINGLE_OBJECT_HEADER = 10;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final OnboardingEventReader reader = new OnboardingEventReader(this.meters);

	private final EncodedEvent.ValueDeserializer values = new EncodedEvent.ValueDeserializer();

	private HttpServer registry;

	private volatile int status;

	private volatile String answer = "";

	private volatile int asked;

	@BeforeEach
	void startRegistry() throws IOException {
		this.registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.registry.createContext("/", (exchange) -> {
			this.asked++;
			byte[] body = this.answer.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(this.status, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.registry.start();
		this.values.configure(Map.of("schema.registry.url", "http://127.0.0.1:" + this.registry.getAddress().getPort(),
				"specific.avro.reader", true, "max.retries", 0, "http.connect.timeout.ms", 2000), false);
	}

	@AfterEach
	void stopRegistry() {
		this.registry.stop(0);
		this.values.close();
	}

	@Test
	void readsFacts() {
		answers(InvitationProgressed.getClassSchema());

		OnboardingEvents events = read(progressed());

		assertThat(events.facts()).singleElement()
			.satisfies((read) -> assertThat(read.fact()).isInstanceOfSatisfying(ClientProgressed.class,
					(fact) -> assertThat(fact.progress()).isEqualTo(Progress.OPENED)));
		assertThat(events.unusable()).isEmpty();
		assertThat(events.waiting()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 | <html>no such ingress</html>
			404 |
			404 | {"error_code":404,"message":"HTTP 404 Not Found"}
			404 | {"error_code":40401,"message":"Subject not found"}
			200 | <html>sign in first</html>
			200 |
			401 | {"error_code":40101,"message":"Who are you?"}
			429 | {"error_code":42901,"message":"Later"}
			500 | {"error_code":50001,"message":"Store"}
			503 | <html>maintenance</html>
			""")
	void waitsWhateverTheRegistrySaysButThatItDoesNotKnowTheSchema(int status, @Nullable String answer) {
		this.status = status;
		this.answer = (answer != null) ? answer : "";

		OnboardingEvents events = read(progressed());

		assertThat(events.waiting()).isNotNull();
		assertThat(events.unusable()).isEmpty();
	}

	@Test
	void waitsWhileTheRegistryIsDown() {
		this.registry.stop(0);

		assertThat(read(progressed()).waiting()).isNotNull();
	}

	@Test
	void stopsAtTheFirstRecordThatHasToWait() {
		this.status = 503;

		OnboardingEvents events = read("garbage".getBytes(StandardCharsets.UTF_8), progressed(), progressed(),
				progressed());

		assertThat(events.unusable()).hasSize(1);
		assertThat(events.waiting()).isNotNull().satisfies((waiting) -> {
			assertThat(waiting.record().offset()).isEqualTo(1);
			assertThat(waiting.error()).isInstanceOf(RegistryUnavailable.class);
		});
		assertThat(this.asked).isEqualTo(1);
		assertThat(this.meters.counter("onboarding.events", "type", "none", "outcome", "waiting").count()).isEqualTo(1);
	}

	@Test
	void givesUpARecordWhoseSchemaTheRegistryDoesNotKnow() {
		this.status = 404;
		this.answer = "{\"error_code\":40403,\"message\":\"Schema not found\"}";

		OnboardingEvents events = read(progressed());

		assertThat(events.unusable()).singleElement()
			.satisfies((unusable) -> assertThat(unusable.error()).hasMessageContaining("40403"));
		assertThat(events.waiting()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"schema\":\"no Avro at all\"}", "{\"schema\":\"{\\\"type\\\":\\\"record\\\"}\"}",
			"{\"schemaType\":\"JSON\",\"schema\":\"{}\"}",
			"{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = \\\"proto3\\\";\"}" })
	void givesUpARecordWhoseSchemaIsNoneOfAvro(String answer) {
		this.status = 200;
		this.answer = answer;

		OnboardingEvents events = read(progressed());

		assertThat(events.unusable()).hasSize(1);
		assertThat(events.waiting()).isNull();
	}

	/** As of a proxy or a registry that is starting: nothing that the record could be. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"schema\":null}", "{}", "{\"schema\":\"\"}", "{\"schema\":\" \"}",
			"{\"schemaType\":\"AVRO\"}", "{\"schema\":\"{\\\"type\\\":" })
	void waitsWhileTheAnswerHasNoSchemaInItAndReadsTheRecordOnceItHas(String answer) {
		this.status = 200;
		this.answer = answer;

		OnboardingEvents events = read(progressed());

		assertThat(events.waiting()).isNotNull();
		assertThat(events.unusable()).isEmpty();
		answers(InvitationProgressed.getClassSchema());
		assertThat(read(progressed()).facts()).hasSize(1);
	}

	@Test
	void givesUpWhatIsNoRecordByItsSchema() {
		answers(Schema.create(Schema.Type.STRING));

		assertThat(read(progressed()).unusable()).singleElement()
			.satisfies((unusable) -> assertThat(unusable.error()).isInstanceOf(UndecodableEvent.class));
	}

	@Test
	void givesUpBytesThatAreNoRecord() {
		answers(InvitationProgressed.getClassSchema());

		OnboardingEvents events = read(new byte[0], new byte[] { 0, 0, 0 }, new byte[] { 7, 0, 0, 0, 1, 1 },
				new byte[] { 0, 0, 0, 0, 1, 1 }, progressed());

		assertThat(events.unusable()).hasSize(4);
		assertThat(events.facts()).hasSize(1);
	}

	@Test
	void givesUpRecordsWithoutAValue() {
		OnboardingEvents events = this.reader
			.read(List.of(new ConsumerRecord<>("onboarding-events", 3, 42, "key", null)));

		assertThat(events.unusable()).hasSize(1);
	}

	@Test
	void passesOverTypesOfOtherReleases() {
		answers(SchemaBuilder.record("LinkRemoved")
			.namespace("com.banqup.invitations.events")
			.fields()
			.requiredString("reason")
			.endRecord());

		OnboardingEvents events = read(progressed());

		assertThat(events.facts()).isEmpty();
		assertThat(events.unusable()).isEmpty();
		assertThat(events.waiting()).isNull();
		assertThat(this.meters.counter("onboarding.events", "type", "unknown", "outcome", "passed-over").count())
			.isEqualTo(1);
	}

	private void answers(Schema schema) {
		this.status = 200;
		this.answer = JsonMapper.shared().writeValueAsString(Map.of("schema", schema.toString()));
	}

	private OnboardingEvents read(byte[]... values) {
		List<ConsumerRecord<String, @Nullable EncodedEvent>> records = new ArrayList<>();
		for (byte[] value : values) {
			records.add(new ConsumerRecord<>("onboarding-events", 3, records.size(), "key",
					this.values.deserialize("onboarding-events", value)));
		}
		return this.reader.read(records);
	}

	/** In the registry's format: a zero, the schema's id, the record. */
	private static byte[] progressed() {
		TrustedRecords.trust();
		InvitationProgressed event = InvitationProgressed.newBuilder()
			.setEventId(UUID.randomUUID())
			.setOccurredAt(Instant.parse("2026-03-01T10:00:00Z"))
			.setPartnerSpaceId(UUID.randomUUID())
			.setClientId(UUID.randomUUID())
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setStep(ProgressStep.OPENED)
			.build();
		try {
			ByteBuffer record = new BinaryMessageEncoder<InvitationProgressed>(
					SpecificData.getForClass(InvitationProgressed.class), event.getSchema())
				.encode(event);
			record.position(record.position() + SINGLE_OBJECT_HEADER);
			return ByteBuffer.allocate(5 + record.remaining()).put((byte) 0).putInt(1).put(record).array();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
