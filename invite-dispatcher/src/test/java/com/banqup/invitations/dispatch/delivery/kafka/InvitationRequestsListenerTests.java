package com.banqup.invitations.dispatch.delivery.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.delivery.BatchReport;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.Hindrance;
import com.banqup.invitations.dispatch.delivery.Lane;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.UselessRequest;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.EncodedRecordDeserializer;
import com.sun.net.httpserver.HttpServer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.kafka.support.Acknowledgment;

import static org.assertj.core.api.Assertions.assertThat;

class InvitationRequestsListenerTests {

	private static final String TOPIC = "invitation-requests";

	private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private final Lane lane = new Lane("interactive", () -> NOW);

	private final List<RequestBatch> batches = new ArrayList<>();

	private Mono<BatchReport> answer = Mono.just(new BatchReport(Set.of(), Optional.empty(), 1));

	private final InvitationRequestsListener listener = new InvitationRequestsListener(this.lane, (batch) -> {
		this.batches.add(batch);
		return this.answer;
	}, this::giveUp, new RequestRecords(() -> NOW), Duration.ofSeconds(1), this::pause);

	private final List<DeadLetter> deadLetters = new ArrayList<>();

	private final List<DeliveryEvent> events = new ArrayList<>();

	private boolean givingUpFails;

	private final List<Duration> pauses = new ArrayList<>();

	private final RecordingAcknowledgment acknowledgment = new RecordingAcknowledgment();

	private final KafkaAvroSerializer serializer = new KafkaAvroSerializer();

	private final EncodedRecordDeserializer values = new EncodedRecordDeserializer();

	InvitationRequestsListenerTests() {
		Map<String, String> registry = Map.of("schema.registry.url", "mock://invitation-requests-listener");
		this.serializer.configure(registry, false);
		this.values.configure(registry, false);
	}

	@Test
	void commitsWhatIsSettled() {
		this.listener.onMessage(List.of(record(0, request()), record(1, request())), this.acknowledgment);

		assertThat(this.acknowledgment.acknowledged).isTrue();
		assertThat(this.batches).singleElement().extracting(RequestBatch::requests).asList().hasSize(2);
		assertThat(this.lane.waiting()).isEmpty();
	}

	@Test
	void readsAgainFromTheFirstThatIsOpen() {
		InvitationRequested open = request();
		this.answer = Mono.just(new BatchReport(Set.of(new DeliveryId(open.getInvitationId(), 1)),
				Optional.of(Hindrance.HELD_ELSEWHERE), 0));

		this.listener.onMessage(List.of(record(0, request()), record(1, open), record(2, request())),
				this.acknowledgment);

		assertThat(this.acknowledgment.nackedFrom).isEqualTo(1);
		assertThat(this.pauses.getLast()).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.lane.waiting())
			.hasValueSatisfying((waiting) -> assertThat(waiting.hindrance()).isEqualTo(Hindrance.HELD_ELSEWHERE));
	}

	/** Spring's own pauses leave partitions behind when the consumer gets others. */
	@Test
	void waitsOnTheConsumersThreadAndPausesNothingInTheConsumer() {
		this.answer = Mono.error(new R2dbcNonTransientResourceException("connection refused"));

		this.listener.onMessage(List.of(record(0, request())), this.acknowledgment);

		assertThat(this.pauses).containsExactly(Duration.ofSeconds(1));
		assertThat(this.acknowledgment.nackedFrom).isZero();
	}

	@Test
	void readsEverythingAgainWhenTheLedgerIsDownAndNeverSkips() {
		this.answer = Mono.error(new R2dbcNonTransientResourceException("connection refused"));

		for (int i = 0; i < 50; i++) {
			this.listener.onMessage(List.of(record(0, request())), this.acknowledgment);
			assertThat(this.acknowledgment.nackedFrom).isZero();
		}

		assertThat(this.acknowledgment.acknowledged).isFalse();
		assertThat(this.pauses.getLast()).isEqualTo(Duration.ofSeconds(16));
		assertThat(this.lane.waiting()).hasValueSatisfying(
				(waiting) -> assertThat(waiting.hindrance().reasonCode()).isEqualTo("database-unavailable"));
	}

	@Test
	void readsEverythingAgainWhenTheBatchTakesTooLong() {
		InvitationRequestsListener impatient = new InvitationRequestsListener(this.lane, (batch) -> Mono.never(),
				this::giveUp, new RequestRecords(() -> NOW), Duration.ofMillis(20), this::pause);

		impatient.onMessage(List.of(record(0, request())), this.acknowledgment);

		assertThat(this.acknowledgment.nackedFrom).isZero();
		assertThat(this.lane.waiting()).isPresent();
	}

	@Test
	void startsTheRestAtOnceWhenOnlyTimeWasShort() {
		InvitationRequested open = request();
		this.answer = Mono.just(new BatchReport(Set.of(new DeliveryId(open.getInvitationId(), 1)),
				Optional.of(Hindrance.TIME_IS_OVER), 1));

		this.listener.onMessage(List.of(record(0, open)), this.acknowledgment);

		assertThat(this.acknowledgment.nackedFrom).isZero();
		assertThat(this.pauses).isEmpty();
		assertThat(this.lane.waiting()).as("a slow relay is no outage").isEmpty();
	}

	@Test
	void waitsWhenTimeWasTooShortForAnythingAtAll() {
		InvitationRequested open = request();
		this.answer = Mono.just(new BatchReport(Set.of(new DeliveryId(open.getInvitationId(), 1)),
				Optional.of(Hindrance.TIME_IS_OVER), 0));

		this.listener.onMessage(List.of(record(0, open)), this.acknowledgment);

		assertThat(this.pauses.getLast()).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.lane.waiting()).isPresent();
	}

	@Test
	void startsOverWithShortPausesOnceSomethingWasDone() {
		InvitationRequested open = request();
		Set<DeliveryId> openIds = Set.of(new DeliveryId(open.getInvitationId(), 1));
		Optional<Hindrance> relay = Optional.of(new Hindrance("relay-greeting-refused"));
		this.answer = Mono.just(new BatchReport(openIds, relay, 0));
		for (int i = 0; i < 4; i++) {
			this.listener.onMessage(List.of(record(0, open)), this.acknowledgment);
		}
		assertThat(this.pauses.getLast()).isEqualTo(Duration.ofSeconds(8));

		this.answer = Mono.just(new BatchReport(openIds, relay, 3));
		this.listener.onMessage(List.of(record(0, open)), this.acknowledgment);

		assertThat(this.pauses.getLast()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void deadLettersARecordWithoutAValueAndGoesOn() {
		this.listener.onMessage(List.of(received(0, null), record(1, request())), this.acknowledgment);

		assertThat(this.acknowledgment.acknowledged).isTrue();
		assertThat(this.deadLetters).singleElement().satisfies((letter) -> {
			assertThat(letter.reasonCode()).isEqualTo("undecodable");
			assertThat(letter.record().value()).isNull();
		});
		assertThat(this.events).isEmpty();
		assertThat(this.batches.getFirst().requests()).hasSize(1);
	}

	@Test
	void deadLettersOnceWhatStandsBehindARecordThatIsReadAgainAndAgain() {
		InvitationRequested open = request();
		EncodedRecord rubbish = value(new byte[] { 1 });
		this.answer = Mono.just(new BatchReport(Set.of(new DeliveryId(open.getInvitationId(), 1)),
				Optional.of(new Hindrance("relay-connection-refused")), 0));
		List<ConsumerRecord<byte[], @Nullable EncodedRecord>> records = List.of(received(0, rubbish), record(1, open),
				received(2, rubbish));

		this.listener.onMessage(records, this.acknowledgment);
		for (int i = 0; i < 10; i++) {
			this.listener.onMessage(records.subList(1, 3), this.acknowledgment);
		}
		assertThat(this.deadLetters).extracting((letter) -> letter.record().offset()).containsExactly(0L);

		this.answer = Mono.just(new BatchReport(Set.of(), Optional.empty(), 1));
		this.listener.onMessage(records.subList(1, 3), this.acknowledgment);

		assertThat(this.deadLetters).extracting((letter) -> letter.record().offset()).containsExactly(0L, 2L);
	}

	@Test
	void readsEverythingAgainWhenDeadLettersCannotBeKept() {
		this.givingUpFails = true;

		this.listener.onMessage(List.of(received(0, null)), this.acknowledgment);

		assertThat(this.acknowledgment.acknowledged).isFalse();
		assertThat(this.acknowledgment.nackedFrom).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1999-12-31T23:59:59.999Z", "2200-01-01T00:00:00Z", "+300000-01-01T00:00:00Z" })
	void deadLettersTimesThatNoLinkIsKeptWith(String time) {
		InvitationRequested late = InvitationRequested.newBuilder(request()).setExpiresAt(Instant.parse(time)).build();
		InvitationRequested early = InvitationRequested.newBuilder(request())
			.setRequestedAt(Instant.parse(time))
			.build();

		this.listener.onMessage(List.of(record(0, late), record(1, early)), this.acknowledgment);

		assertThat(this.acknowledgment.acknowledged).isTrue();
		assertThat(this.batches.getFirst().requests()).isEmpty();
		assertThat(this.deadLetters).hasSize(2).allSatisfy((letter) -> {
			assertThat(letter.reasonCode()).isEqualTo("out-of-range");
			assertThat(letter.detail()).contains(Instant.parse(time).toString());
		});
	}

	@Test
	void tellsWhomTimesThatNoLinkIsKeptWithConcern() {
		InvitationRequested late = InvitationRequested.newBuilder(request())
			.setGeneration(3)
			.setExpiresAt(Instant.parse("2200-01-01T00:00:00Z"))
			.build();

		this.listener.onMessage(List.of(record(0, late)), this.acknowledgment);

		assertThat(this.events)
			.containsExactly(new DeliveryEvent.Undeliverable(subject(late), NOW, "out-of-range", null, null, 0));
	}

	@Test
	void deadLettersARevocationAtNoTimeAndTellsNobody() {
		InvitationRevocationRequested revocation = new InvitationRevocationRequested(UUID.randomUUID(),
				UUID.randomUUID(), UUID.randomUUID(), Instant.parse("2200-01-01T00:00:00Z"));

		this.listener.onMessage(List.of(received(0, value(this.serializer.serialize(TOPIC, revocation)))),
				this.acknowledgment);

		assertThat(this.deadLetters).singleElement()
			.satisfies((letter) -> assertThat(letter.reasonCode()).isEqualTo("out-of-range"));
		assertThat(this.events).as("it asked for no mail").isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2000-01-01T00:00:00Z", "2199-12-31T23:59:59.999Z" })
	void deliversWhatLinksAreKeptWithToTheLastMoment(String time) {
		InvitationRequested request = InvitationRequested.newBuilder(request())
			.setRequestedAt(Instant.parse(time))
			.setExpiresAt(Instant.parse(time))
			.build();

		this.listener.onMessage(List.of(record(0, request)), this.acknowledgment);

		assertThat(this.batches.getFirst().requests()).hasSize(1);
		assertThat(this.deadLetters).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "partnerName", "clientName", "language", "permissions" })
	void deadLettersTextsThatNoLinkIsKeptWith(String field) {
		InvitationRequested request = request();
		String text = "a\0b";
		request.put(field, field.equals("permissions") ? List.of(text) : text);

		this.listener.onMessage(List.of(record(0, request)), this.acknowledgment);

		assertThat(this.acknowledgment.acknowledged).isTrue();
		assertThat(this.batches.getFirst().requests()).isEmpty();
		assertThat(this.deadLetters).singleElement().satisfies((letter) -> {
			assertThat(letter.reasonCode()).isEqualTo("out-of-range");
			assertThat(letter.detail()).contains(field).doesNotContain(text);
		});
		assertThat(this.events)
			.containsExactly(new DeliveryEvent.Undeliverable(subject(request), NOW, "out-of-range", null, null, 0));
	}

	@Test
	void deadLettersAPermissionThatTheLedgerWouldTakeForTwo() {
		InvitationRequested request = request();
		request.put("permissions", List.of("view-documents,send-invoices"));

		this.listener.onMessage(List.of(record(0, request)), this.acknowledgment);

		assertThat(this.deadLetters).singleElement()
			.satisfies((letter) -> assertThat(letter.reasonCode()).isEqualTo("out-of-range"));
	}

	@Test
	void deliversWhatComesBeforeARecordThatTheRegistryHidesAndReadsThatOneAgain() throws IOException {
		AtomicInteger asked = new AtomicInteger();
		HttpServer registry = refusing(asked);
		EncodedRecordDeserializer hidden = new EncodedRecordDeserializer();
		hidden.configure(Map.of("schema.registry.url", "http://127.0.0.1:" + registry.getAddress().getPort()), false);
		byte[] bytes = this.serializer.serialize(TOPIC, request());
		try {
			this.listener.onMessage(List.of(record(0, request()), received(1, hidden.deserialize(TOPIC, bytes)),
					received(2, hidden.deserialize(TOPIC, bytes)), received(3, value(new byte[] { 1 })),
					record(4, request())), this.acknowledgment);
		}
		finally {
			registry.stop(0);
		}

		assertThat(asked).as("a registry that hangs costs one time limit").hasValue(1);
		assertThat(this.batches).singleElement().extracting(RequestBatch::requests).asList().hasSize(1);
		assertThat(this.deadLetters).isEmpty();
		assertThat(this.acknowledgment.nackedFrom).isEqualTo(1);
		assertThat(this.lane.waiting()).hasValueSatisfying(
				(waiting) -> assertThat(waiting.hindrance().reasonCode()).isEqualTo("schema-registry-unavailable"));
	}

	@Test
	void handsOverWhatCannotBeDecodedWithItsBytesAndPassesOverWhatIsUnknown() {
		byte[] rubbish = { 1, 2, 3 };

		this.listener
			.onMessage(
					List.of(received(0, value(rubbish)),
							received(1, value(this.serializer.serialize(TOPIC, unheardOf()))), record(2, request())),
					this.acknowledgment);

		assertThat(this.acknowledgment.acknowledged).isTrue();
		assertThat(this.batches.getFirst().requests()).hasSize(1);
		assertThat(this.deadLetters).singleElement().satisfies((letter) -> {
			assertThat(letter.reasonCode()).isEqualTo("undecodable");
			assertThat(letter.detail()).contains("not in the format");
			assertThat(letter.record().value()).isEqualTo(rubbish);
			assertThat(letter.record().offset()).isZero();
		});
		assertThat(this.events).isEmpty();
	}

	private Mono<Void> pause(Duration pause) {
		return Mono.fromRunnable(() -> this.pauses.add(pause));
	}

	private Mono<Void> giveUp(List<UselessRequest> useless) {
		return Mono.fromRunnable(() -> {
			if (this.givingUpFails) {
				throw new IllegalStateException("database is down");
			}
			useless.forEach((request) -> {
				this.deadLetters.add(request.letter());
				request.event().ifPresent(this.events::add);
			});
		});
	}

	private ConsumerRecord<byte[], @Nullable EncodedRecord> record(long offset, InvitationRequested request) {
		return received(offset, value(this.serializer.serialize(TOPIC, request)));
	}

	private @Nullable EncodedRecord value(byte[] bytes) {
		return this.values.deserialize(TOPIC, bytes);
	}

	private static ConsumerRecord<byte[], @Nullable EncodedRecord> received(long offset,
			@Nullable EncodedRecord value) {
		return new ConsumerRecord<>(TOPIC, 0, offset, new byte[] { 7 }, value);
	}

	private static DeliveryEvent.Subject subject(InvitationRequested request) {
		return new DeliveryEvent.Subject(new DeliveryId(request.getInvitationId(), request.getGeneration()),
				request.getPartnerSpaceId(), request.getClientId());
	}

	private static GenericRecord unheardOf() {
		return new GenericRecordBuilder(SchemaBuilder.record("InvitationExtended")
			.namespace("com.banqup.invitations.requests")
			.fields()
			.requiredString("reason")
			.endRecord()).set("reason", "none").build();
	}

	private static HttpServer refusing(AtomicInteger asked) throws IOException {
		HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		registry.createContext("/", (exchange) -> {
			asked.incrementAndGet();
			exchange.sendResponseHeaders(503, -1);
			exchange.close();
		});
		registry.start();
		return registry;
	}

	private static InvitationRequested request() {
		return InvitationRequested.newBuilder()
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setPartnerSpaceId(UUID.randomUUID())
			.setPartnerName("Partner")
			.setClientId(UUID.randomUUID())
			.setClientName("Client")
			.setEmail("info@client.example")
			.setLanguage("nl")
			.setPermissions(List.of())
			.setRequestedAt(NOW)
			.setExpiresAt(NOW.plusSeconds(60))
			.build();
	}

	private static final class RecordingAcknowledgment implements Acknowledgment {

		private boolean acknowledged;

		private int nackedFrom = -1;

		@Override
		public void acknowledge() {
			this.acknowledged = true;
		}

		@Override
		public void nack(int index, Duration sleep) {
			this.nackedFrom = index;
			assertThat(sleep).as("what the consumer would have to resume").isZero();
		}

	}

}
