package com.banqup.invitations.dispatch.lag.kafka;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.management.ObjectName;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.lag.LagGauges;
import com.banqup.invitations.dispatch.lag.LagProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LagSamplerIT {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void closesItsConnectionsWhenItIsStoppedBetweenSamples() throws Exception {
		String topic = "sampled-" + UUID.randomUUID();
		Stack.shared().kafka().createTopic(topic, 1);
		Map<String, Object> settings = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers());
		LagSampler sampler = new LagSampler(new LagGauges(this.registry, InstantSource.system()),
				Map.of("group-" + topic, topic), settings, settings,
				new LagProperties(Duration.ofSeconds(2), Duration.ofSeconds(10), Map.of()));
		sampler.start();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> !this.registry.find("dispatch.consumer.lag.records").gauges().isEmpty());
		assertThat(isConnected("kafka.admin.client") && isConnected("kafka.consumer")).isTrue();
		CountDownLatch stopped = new CountDownLatch(1);

		sampler.stop(stopped::countDown);

		assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(isConnected("kafka.admin.client") || isConnected("kafka.consumer")).isFalse();
		assertThat(sampler.isRunning()).isFalse();
	}

	@Test
	void measuresEveryGroupAlsoOneThatNeverRanAndOneWhoseTopicIsNotThereYet() throws Exception {
		String topic = "sampled-" + UUID.randomUUID();
		String missing = "missing-" + UUID.randomUUID();
		Stack.shared().kafka().createTopic(topic, 1);
		Map<String, Object> settings = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers());
		publish(settings, topic, 5);
		commit(settings, "own-" + topic, topic, 5);
		commit(settings, "other-" + topic, topic, 3);
		LagSampler sampler = new LagSampler(new LagGauges(this.registry, InstantSource.system()),
				Map.of("own-" + topic, topic, "other-" + topic, topic, "never-ran-" + topic, topic, "early-" + topic,
						missing),
				settings, settings, new LagProperties(Duration.ofMillis(100), Duration.ofSeconds(10), Map.of()));

		sampler.start();

		try {
			await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
				assertThat(gauge("records", "own-" + topic)).isZero();
				assertThat(gauge("seconds", "own-" + topic)).isZero();
				assertThat(gauge("records", "other-" + topic)).isEqualTo(2);
				assertThat(gauge("seconds", "other-" + topic)).isPositive();
				assertThat(gauge("records", "never-ran-" + topic)).isEqualTo(5);
				assertThat(gauge("seconds", "never-ran-" + topic)).isPositive();
			});
			assertThat(this.registry.find("dispatch.consumer.lag.records").tag("group", "early-" + topic).gauges())
				.isEmpty();
			Stack.shared().kafka().createTopic(missing, 1);
			publish(settings, missing, 1);
			await().atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(gauge("records", "early-" + topic)).isOne());
		}
		finally {
			sampler.stop();
		}
	}

	private double gauge(String what, String group) {
		Gauge gauge = this.registry.find("dispatch.consumer.lag." + what).tag("group", group).gauge();
		return (gauge != null) ? gauge.value() : Double.NaN;
	}

	private static void publish(Map<String, Object> settings, String topic, int records) throws Exception {
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (int i = 0; i < records; i++) {
				producer.send(new ProducerRecord<>(topic, new byte[] { 1 })).get(60, TimeUnit.SECONDS);
			}
		}
	}

	private static void commit(Map<String, Object> base, String group, String topic, long offset) {
		Map<String, Object> settings = new HashMap<>(base);
		settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)));
		}
	}

	private static boolean isConnected(String client) throws Exception {
		return ManagementFactory.getPlatformMBeanServer()
			.isRegistered(new ObjectName(client + ":type=app-info,id=lag-sampler"));
	}

}
