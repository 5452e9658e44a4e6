package com.banqup.invitations.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

import static java.util.Objects.requireNonNull;

/** A database with an outbox, relays for it, and a look at what they publish. */
final class RelayFixture implements AutoCloseable {

	static final Stack STACK = Stack.shared();

	private static final int PARTITIONS = 3;

	final ConnectionPool connections;

	final DatabaseClient database;

	final TransactionalOperator transaction;

	final Outbox outbox;

	private final RelayAnnouncements announcements;

	private final List<Instance> instances = new ArrayList<>();

	private final Stack stack;

	RelayFixture() {
		this(STACK);
	}

	RelayFixture(Stack stack) {
		this.stack = stack;
		TrustedRecords.trust();
		Database created = stack.postgres().uniqueDatabase("outbox");
		Flyway.configure()
			.dataSource(created.jdbcUrl(), created.username(), created.password())
			.locations("classpath:db/outbox")
			.load()
			.migrate();
		this.connections = new ConnectionPool(ConnectionPoolConfiguration
			.builder(ConnectionFactories.get(ConnectionFactoryOptions.parse(created.r2dbcUrl())
				.mutate()
				.option(ConnectionFactoryOptions.USER, created.username())
				.option(ConnectionFactoryOptions.PASSWORD, created.password())
				.build()))
			.maxSize(10)
			.build());
		this.database = DatabaseClient.create(this.connections);
		this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(this.connections));
		this.announcements = new RelayAnnouncements(this.connections, Duration.ofSeconds(5));
		this.announcements.start();
		new StoredSchemas(TrustedRecords.schemas(), this.connections, Duration.ofSeconds(5), Duration.ofMinutes(1))
			.start();
		this.outbox = new Outbox(this.connections, new RowEncoder(TrustedRecords.schemas(), 900_000),
				this.announcements);
	}

	static String topic() {
		return topic(Map.of());
	}

	static String topic(Map<String, String> config) {
		String name = "test-" + UUID.randomUUID();
		TestTopics.create(STACK.kafka().bootstrapServers(), name, PARTITIONS, config);
		return name;
	}

	static Set<Schema> schemas() {
		return TrustedRecords.schemas();
	}

	void append(OutboxMessage... messages) {
		this.outbox.append(Arrays.asList(messages)).as(this.transaction::transactional).block();
	}

	/** A row that no caller of the outbox could have appended. */
	void appendRaw(String topic, String key, byte[] payload) {
		this.database.sql("insert into outbox (topic, message_key, payload) values (:topic, :key, :payload)")
			.bind("topic", topic)
			.bind("key", key)
			.bind("payload", payload)
			.then()
			.block();
	}

	long count(String query) {
		return requireNonNull(this.database.sql(query).mapValue(Long.class).one().block());
	}

	long rows() {
		return count("select count(*) from outbox");
	}

	/** What was parked, in the order of ids. */
	List<Parked> parked() {
		return requireNonNull(this.database.sql(
				"select id, topic, message_key, error, attempts, appended_at, parked_at from outbox_parked order by id")
			.map((row) -> new Parked(requireNonNull(row.get("id", Long.class)),
					requireNonNull(row.get("topic", String.class)),
					requireNonNull(row.get("message_key", String.class)),
					requireNonNull(row.get("error", String.class)), requireNonNull(row.get("attempts", Integer.class)),
					requireNonNull(row.get("appended_at", Instant.class)),
					requireNonNull(row.get("parked_at", Instant.class))))
			.all()
			.collectList()
			.block());
	}

	void execute(String statement) {
		this.database.sql(statement).then().block();
	}

	Instance startRelay(String... properties) {
		return startRelay(Map.of(), properties);
	}

	Instance startRelay(Map<String, Object> kafka, String... properties) {
		Instance instance = new Instance(kafka, properties);
		this.instances.add(instance);
		instance.relay.start();
		return instance;
	}

	/** What stands in the topic now, in the order of its partitions. */
	static List<ConsumerRecord<String, IndexedRecord>> published(String topic) {
		return published(topic, true);
	}

	static List<ConsumerRecord<String, IndexedRecord>> published(String topic, boolean specific) {
		List<ConsumerRecord<String, IndexedRecord>> records = new ArrayList<>();
		KafkaAvroDeserializer values = new KafkaAvroDeserializer();
		values.configure(Map.of("schema.registry.url", STACK.registry().url(), "specific.avro.reader", specific),
				false);
		Map<String, Object> config = Map.of("bootstrap.servers", STACK.kafka().bootstrapServers());
		try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(config, new StringDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(topic, partition))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(200))
					.forEach((record) -> records.add(new ConsumerRecord<>(record.topic(), record.partition(),
							record.offset(), record.timestamp(), record.timestampType(), record.serializedKeySize(),
							record.serializedValueSize(), record.key(),
							(IndexedRecord) values.deserialize(topic, record.value()), record.headers(),
							record.leaderEpoch())));
			}
		}
		return records;
	}

	/** The numbers of the records by key, in their order. */
	static Map<String, List<Integer>> numbers(String topic) {
		Map<String, List<Integer>> numbers = new HashMap<>();
		published(topic).forEach((record) -> numbers.computeIfAbsent(record.key(), (key) -> new ArrayList<>())
			.add((Integer) record.value().get(record.value().getSchema().getField("attempts").pos())));
		return numbers;
	}

	@Override
	public void close() {
		this.instances.forEach(Instance::stop);
		this.announcements.stop();
		this.connections.dispose();
	}

	/** A row that waits for an operator. */
	record Parked(long id, String topic, String key, String error, int attempts, Instant appendedAt, Instant parkedAt) {
	}

	/** A process with a relay of its own. */
	final class Instance {

		final SimpleMeterRegistry meters = new SimpleMeterRegistry();

		final OutboxMetrics metrics = new OutboxMetrics(this.meters);

		final OutboxRelay relay;

		private Instance(Map<String, Object> kafka, String... properties) {
			Map<String, Object> settings = new HashMap<>(kafka);
			settings.put("bootstrap.servers", RelayFixture.this.stack.kafka().bootstrapServers());
			settings.put("schema.registry.url", RelayFixture.this.stack.registry().url());
			OutboxProperties outboxProperties = properties(properties);
			this.relay = new OutboxRelay(RelayFixture.this.connections, RelayFixture.this.announcements,
					new StoredSchemas(TrustedRecords.schemas(), RelayFixture.this.connections, Duration.ofSeconds(5),
							Duration.ofMinutes(1)),
					PublisherSettings.of(settings, outboxProperties.sendTimeout()), outboxProperties, this.metrics);
		}

		boolean isActive() {
			return gauge("outbox.relay.active") == 1;
		}

		double gauge(String name) {
			return this.meters.get(name).gauge().value();
		}

		double counted(String counter) {
			return this.meters.find(counter).counters().stream().mapToDouble((each) -> each.count()).sum();
		}

		void stop() {
			CompletableFuture<Void> stopped = new CompletableFuture<>();
			this.relay.stop(() -> stopped.complete(null));
			Mono.fromFuture(stopped).block(Duration.ofSeconds(30));
		}

	}

	static OutboxProperties properties(String... settings) {
		Map<String, String> source = new HashMap<>(Map.of("outbox.backoff.max", "1s", "outbox.poll-interval", "500ms",
				"outbox.takeover-interval", "100ms"));
		for (String setting : settings) {
			int equals = setting.indexOf('=');
			source.put("outbox." + setting.substring(0, equals), setting.substring(equals + 1));
		}
		return new Binder(new MapConfigurationPropertySource(Collections.unmodifiableMap(source)))
			.bindOrCreate("outbox", OutboxProperties.class);
	}

}
