package com.banqup.invitations.outbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.banqup.invitations.requests.InvitationRequested;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.banqup.invitations.outbox.Records.sent;
import static com.banqup.invitations.outbox.RelayFixture.STACK;
import static com.banqup.invitations.outbox.RelayFixture.numbers;
import static com.banqup.invitations.outbox.RelayFixture.published;
import static com.banqup.invitations.outbox.RelayFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

class FailingRowsIT {

	private static final byte[] GARBAGE = { 1, 2, 3 };

	private final RelayFixture fixture = new RelayFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void parksAPoisonRowVisiblyAndDoesNotStopTheOthers() {
		String topic = topic();
		this.fixture.append(new OutboxMessage(topic, "a", sent(1)));
		this.fixture.appendRaw(topic, "a", GARBAGE);
		this.fixture.append(new OutboxMessage(topic, "a", sent(2)), new OutboxMessage(topic, "b", sent(1)));

		RelayFixture.Instance instance = this.fixture.startRelay("max-attempts=3", "backoff.min=20ms");

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("a", List.of(1, 2), "b", List.of(1)));
		assertThat(this.fixture.parked()).singleElement().satisfies((parked) -> {
			assertThat(parked.topic()).isEqualTo(topic);
			assertThat(parked.key()).isEqualTo("a");
			assertThat(parked.attempts()).isEqualTo(3);
			assertThat(parked.error()).contains("not in Avro's single-object encoding");
			assertThat(parked.appendedAt()).isBefore(parked.parkedAt());
		});
		assertThat(instance.counted("outbox.parked")).isEqualTo(1);
		assertThat(instance.counted("outbox.trouble")).isZero();
	}

	@Test
	void holdsTheLaterRowsOfAKeyUntilItsPoisonRowIsParked() {
		String topic = topic();
		this.fixture.append(new OutboxMessage(topic, "a", sent(1)));
		this.fixture.appendRaw(topic, "a", GARBAGE);
		this.fixture.append(new OutboxMessage(topic, "a", sent(2)));

		this.fixture.startRelay("max-attempts=2", "backoff.min=1h", "backoff.max=1h");
		eventually().until(() -> this.fixture.count("select count(*) from outbox where attempts = 1") == 1);
		this.fixture.append(new OutboxMessage(topic, "a", sent(3)), new OutboxMessage(topic, "b", sent(1)));

		eventually().until(() -> numbers(topic).containsKey("b"));
		assertThat(numbers(topic)).isEqualTo(Map.of("a", List.of(1), "b", List.of(1)));
		this.fixture.execute("update outbox set next_attempt_at = statement_timestamp() where attempts = 1");
		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("a", List.of(1, 2, 3), "b", List.of(1)));
		assertThat(this.fixture.parked()).hasSize(1);
	}

	@Test
	void goesOnCountingTheAttemptsThatAnotherRelayBegan() {
		String topic = topic();
		this.fixture.appendRaw(topic, "a", GARBAGE);
		this.fixture.execute("update outbox set attempts = 1, next_attempt_at = statement_timestamp()");
		this.fixture.append(new OutboxMessage(topic, "a", sent(1)));

		this.fixture.startRelay("max-attempts=2");

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(this.fixture.parked()).extracting(RelayFixture.Parked::attempts).containsExactly(2);
		assertThat(numbers(topic)).isEqualTo(Map.of("a", List.of(1)));
	}

	@Test
	void triesOnlyAFewPoisonRowsAgainBeforeTheOthersHaveTheirTurn() {
		String topic = topic();
		for (int i = 0; i < 50; i++) {
			this.fixture.appendRaw(topic, "poisoned-" + i, GARBAGE);
		}
		this.fixture.execute("update outbox set attempts = 1, next_attempt_at = statement_timestamp()");
		this.fixture.append(new OutboxMessage(topic, "a", sent(1)));

		this.fixture.startRelay("max-attempts=2", "suspects-per-batch=5", "poll-interval=1h");

		eventually().until(() -> this.fixture.rows() == 0);
		Instant published = Instant.ofEpochMilli(published(topic).getFirst().timestamp());
		assertThat(this.fixture.parked()).hasSize(50)
			.filteredOn((parked) -> parked.parkedAt().isBefore(published))
			.hasSizeLessThanOrEqualTo(5);
	}

	@Test
	void parksARecordThatIsTooLargeForItsTopic() {
		String topic = topic(Map.of("max.message.bytes", "3000"));
		this.fixture.append(new OutboxMessage(topic, "a", sent(1)),
				new OutboxMessage(topic, "a", requested("x".repeat(5000))), new OutboxMessage(topic, "a", sent(2)),
				new OutboxMessage(topic, "b", sent(1)));

		this.fixture.startRelay("max-attempts=2", "backoff.min=20ms");

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("a", List.of(1, 2), "b", List.of(1)));
		assertThat(this.fixture.parked()).singleElement()
			.satisfies((parked) -> assertThat(parked.error()).contains("RecordTooLargeException"));
	}

	@Test
	void parksARowWhoseSchemaTheRegistryRefuses() throws Exception {
		String topic = topic();
		String refused = topic + "-com.banqup.invitations.requests.InvitationRequested";
		try (SchemaRegistryClient registry = new CachedSchemaRegistryClient(STACK.registry().url(), 10)) {
			registry.register(refused,
					new AvroSchema(SchemaBuilder.record("InvitationRequested")
						.namespace("com.banqup.invitations.requests")
						.fields()
						.requiredString("clientId")
						.requiredInt("clientName")
						.endRecord()));
			registry.updateCompatibility(refused, "FULL");
		}
		this.fixture.append(new OutboxMessage(topic, "a", requested("hello")), new OutboxMessage(topic, "a", sent(1)),
				new OutboxMessage(topic, "b", sent(1)));

		RelayFixture.Instance instance = this.fixture.startRelay("max-attempts=2", "backoff.min=20ms");

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("a", List.of(1), "b", List.of(1)));
		assertThat(this.fixture.parked()).singleElement()
			.satisfies((parked) -> assertThat(parked.error()).contains("cannot be serialized"));
		assertThat(instance.counted("outbox.trouble")).isZero();
	}

	@Test
	void publishesRowsOfAnotherReleaseAsTheyWereWritten() throws IOException {
		String topic = topic();
		GenericRecord future = ofAnotherRelease();
		store(future.getSchema());
		this.fixture.appendRaw(topic, "a", encode(future));

		this.fixture.startRelay();

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(published(topic, false)).singleElement()
			.satisfies((record) -> assertThat(record.value()).hasToString(future.toString()));
	}

	@Test
	void republishesAParkedRow() throws IOException {
		String topic = topic();
		GenericRecord future = ofAnotherRelease();
		this.fixture.appendRaw(topic, "a", encode(future));
		this.fixture.startRelay("max-attempts=1");
		eventually().until(() -> this.fixture.count("select count(*) from outbox_parked") == 1);
		RelayFixture.Parked parked = this.fixture.parked().getFirst();
		assertThat(parked.error()).contains("unknown schema");
		store(future.getSchema());

		this.fixture.execute(operators("republish", parked.id()));

		eventually().until(() -> published(topic, false).size() == 1);
		assertThat(this.fixture.parked()).isEmpty();
	}

	@Test
	void discardsAParkedRow() throws IOException {
		this.fixture.appendRaw(topic(), "a", GARBAGE);
		this.fixture.startRelay("max-attempts=1");
		eventually().until(() -> this.fixture.count("select count(*) from outbox_parked") == 1);
		RelayFixture.Parked parked = this.fixture.parked().getFirst();

		this.fixture.execute(operators("discard", parked.id()));

		assertThat(this.fixture.parked()).isEmpty();
		assertThat(this.fixture.rows()).isZero();
	}

	@Test
	void showsWaitingAndParkedRowsAsFigures() {
		String topic = topic();
		this.fixture.appendRaw(topic, "a", GARBAGE);
		RelayFixture.Instance instance = this.fixture.startRelay("max-attempts=1");
		eventually().until(() -> this.fixture.rows() == 0);
		instance.stop();
		this.fixture.append(new OutboxMessage(topic, "a", sent(1)), new OutboxMessage(topic(), "a", sent(1)));
		this.fixture
			.execute("update outbox set appended_at = appended_at - interval '1 hour' where topic = '" + topic + "'");

		new OutboxSampler(this.fixture.connections, instance.metrics, RelayFixture.properties()).sample().block();

		assertThat(instance.gauge("outbox.rows.waiting")).isEqualTo(2);
		assertThat(instance.gauge("outbox.rows.parked")).isEqualTo(1);
		assertThat(instance.gauge("outbox.oldest.age")).isBetween(3600.0, 3700.0);
		assertThat(instance.gauge("outbox.relay.active")).isZero();
	}

	@Test
	void keepsTheOrderOfEachKeyWhateverFails() {
		String topic = topic();
		this.fixture.execute("create table account (id text primary key, number integer not null)");
		this.fixture.execute("insert into account select 'key-' || i, 0 from generate_series(1, 20) as i");
		this.fixture.startRelay("batch-size=40", "send-timeout=10s", "backoff.min=20ms");
		this.fixture.startRelay("batch-size=40", "send-timeout=10s", "backoff.min=20ms");

		CompletableFuture<Void> appending = Flux.range(0, 2000)
			.flatMap((i) -> appendNext(topic, "key-" + (i % 20 + 1)), 8)
			.then()
			.toFuture();
		terminateActiveRelay();
		STACK.kafka().stop();
		STACK.kafka().start();
		terminateActiveRelay();

		eventually().until(appending::isDone);
		assertThat(appending).isCompletedWithValue(null);
		eventually().until(() -> this.fixture.rows() == 0);
		Map<String, List<Integer>> numbers = numbers(topic);
		assertThat(numbers).hasSize(20);
		assertThat(numbers.values())
			.allSatisfy((ofKey) -> assertThat(ofKey.stream().distinct().toList()).as("first publications of a key")
				.isSorted()
				.hasSize(100));
		assertThat(this.fixture.parked()).isEmpty();
	}

	private Mono<Void> appendNext(String topic, String key) {
		return this.fixture.database.sql("update account set number = number + 1 where id = :id returning number")
			.bind("id", key)
			.mapValue(Integer.class)
			.one()
			.flatMap((number) -> this.fixture.outbox.append(new OutboxMessage(topic, key, sent(number))))
			.as(this.fixture.transaction::transactional);
	}

	private void terminateActiveRelay() {
		this.fixture.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
	}

	private void store(Schema schema) {
		new StoredSchemas(Set.of(schema), this.fixture.connections, Duration.ofSeconds(5), Duration.ofMinutes(1))
			.store()
			.block();
	}

	private static GenericRecord ofAnotherRelease() {
		Schema schema = SchemaBuilder.record("InvitationArchived")
			.namespace("com.banqup.invitations.events.another.release")
			.fields()
			.requiredString("invitationId")
			.optionalString("reason")
			.endRecord();
		return new GenericRecordBuilder(schema).set("invitationId", UUID.randomUUID().toString())
			.set("reason", "old")
			.build();
	}

	private static byte[] encode(GenericRecord generic) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new BinaryMessageEncoder<GenericRecord>(GenericData.get(), generic.getSchema()).encode(generic, bytes);
		return bytes.toByteArray();
	}

	private static InvitationRequested requested(String message) {
		return InvitationRequested.newBuilder()
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setPartnerSpaceId(UUID.randomUUID())
			.setPartnerName("Janssens")
			.setClientId(UUID.randomUUID())
			.setClientName("Peeters")
			.setEmail("info@example.com")
			.setLanguage("nl")
			.setMessage(message)
			.setPermissions(List.of())
			.setRequestedAt(Instant.parse("2026-01-02T03:04:05Z"))
			.setExpiresAt(Instant.parse("2026-02-01T03:04:05Z"))
			.build();
	}

	/** The statement that the README gives operators, for this row. */
	private static String operators(String name, long id) throws IOException {
		Matcher statement = Pattern.compile("```sql\\n-- " + name + "[^\\n]*\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("README.md")));
		assertThat(statement.find()).as(name).isTrue();
		return statement.group(1).replace(":id", Long.toString(id));
	}

	private static ConditionFactory eventually() {
		return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
	}

}
