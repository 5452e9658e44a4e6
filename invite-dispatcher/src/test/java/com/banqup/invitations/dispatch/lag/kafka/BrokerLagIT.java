package com.banqup.invitations.dispatch.lag.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.lag.PartitionLag;
import com.banqup.invitations.dispatch.lag.PartitionLag.GroupPartition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class BrokerLagIT {

	private static final Instant FIRST = Instant.parse("2026-03-01T09:00:00Z");

	private final String servers = Stack.shared().kafka().bootstrapServers();

	private final String topic = "lag-" + UUID.randomUUID();

	private final String group = "group-" + UUID.randomUUID();

	private final Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, this.servers));

	private final KafkaConsumer<byte[], byte[]> reader = consumer(Map.of());

	private final BrokerLag lag = new BrokerLag(this.admin, this.reader, Map.of(this.group, this.topic),
			Duration.ofSeconds(10));

	@AfterEach
	void close() {
		this.admin.close();
		this.reader.close();
	}

	@Test
	void passesOverATopicThatIsNotThereAndFindsItLater() throws Exception {
		assertThat(lags()).isEmpty();

		Stack.shared().kafka().createTopic(this.topic, 2);

		assertThat(lags()).hasSize(2);
	}

	@Test
	void countsFromTheFirstRecordWhenNothingWasCommitted() throws Exception {
		Stack.shared().kafka().createTopic(this.topic, 1);
		publish(3);

		assertThat(lags()).containsExactly(lag(3, FIRST));
	}

	@Test
	void countsFromWhereTheGroupIs() throws Exception {
		Stack.shared().kafka().createTopic(this.topic, 1);
		publish(3);
		commit(2);
		assertThat(lags()).containsExactly(lag(1, FIRST.plusSeconds(2)));

		commit(3);

		assertThat(lags()).containsExactly(lag(0, null));
	}

	@Test
	void countsFromTheFirstThatIsLeftWhenTheLogWasTrimmed() throws Exception {
		Stack.shared().kafka().createTopic(this.topic, 1);
		publish(5);
		commit(1);
		lags();

		this.admin.deleteRecords(Map.of(new TopicPartition(this.topic, 0), RecordsToDelete.beforeOffset(4)))
			.all()
			.get(60, TimeUnit.SECONDS);

		assertThat(lags()).containsExactly(lag(1, FIRST.plusSeconds(4)));
	}

	@Test
	void tellsGroupsOfOneTopicApart() throws Exception {
		Stack.shared().kafka().createTopic(this.topic, 1);
		publish(6);
		String close = "close-" + this.group;
		String behind = "behind-" + this.group;
		String neverRan = "never-ran-" + this.group;
		String twin = "twin-" + this.group;
		commit(6);
		commit(close, 5);
		commit(behind, 2);
		commit(twin, 2);
		BrokerLag both = new BrokerLag(this.admin, this.reader, Map.of(this.group, this.topic, close, this.topic,
				behind, this.topic, neverRan, this.topic, twin, this.topic), Duration.ofSeconds(10));

		LagSample sample = both.sample();

		assertThat(sample.lags()).containsExactlyInAnyOrder(lag(0, null), lag(close, 1, FIRST.plusSeconds(5)),
				lag(behind, 4, FIRST.plusSeconds(2)), lag(twin, 4, FIRST.plusSeconds(2)), lag(neverRan, 6, FIRST));
		assertThat(sample.refusals()).isEmpty();
	}

	private List<PartitionLag> lags() throws Exception {
		return this.lag.sample().lags();
	}

	private PartitionLag lag(long records, Instant firstOpenAt) {
		return lag(this.group, records, firstOpenAt);
	}

	private PartitionLag lag(String group, long records, Instant firstOpenAt) {
		return new PartitionLag(new GroupPartition(group, this.topic, 0), records, firstOpenAt);
	}

	/** Records that are a second apart. */
	private void publish(int records) throws Exception {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, this.servers), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (int i = 0; i < records; i++) {
				producer
					.send(new ProducerRecord<>(this.topic, 0, FIRST.plusSeconds(i).toEpochMilli(), null,
							new byte[] { 1 }))
					.get(60, TimeUnit.SECONDS);
			}
		}
	}

	private void commit(long offset) {
		commit(this.group, offset);
	}

	private void commit(String group, long offset) {
		try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, group))) {
			TopicPartition partition = new TopicPartition(this.topic, 0);
			consumer.assign(List.of(partition));
			consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
		}
	}

	private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
		Map<String, Object> settings = new HashMap<>(more);
		settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.servers);
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
	}

}
