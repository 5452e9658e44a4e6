package com.banqup.invitations.dispatch.lag.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.banqup.invitations.devstack.host.Ports;
import com.banqup.invitations.devstack.kafka.EmbeddedKafka;
import com.banqup.invitations.dispatch.lag.LagGauges;
import com.banqup.invitations.dispatch.lag.LagProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A broker that does not let this service see everything. */
@NullUnmarked
@ExtendWith(OutputCaptureExtension.class)
class RefusedLagIT {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static EmbeddedKafka kafka;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final String ownTopic = "own-" + UUID.randomUUID();

	private final String otherTopic = "other-" + UUID.randomUUID();

	private final AtomicInteger samples = new AtomicInteger();

	private LagSampler sampler;

	@BeforeAll
	static void startBroker(@TempDir Path folder) {
		int[] ports = Ports.free(2);
		kafka = new EmbeddedKafka(folder, ports[0], ports[1],
				Map.of("authorizer.class.name", RefusingAuthorizer.class.getName()));
		kafka.start();
	}

	@AfterAll
	static void stopBroker() {
		kafka.stop();
	}

	@BeforeEach
	void publishTwoToEach() throws Exception {
		Map<String, Object> settings = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
		this.sampler = new LagSampler(new LagGauges(this.registry, this::countedNow),
				Map.of("own", this.ownTopic, "other", this.otherTopic), settings, settings,
				new LagProperties(Duration.ofMillis(100), Duration.ofSeconds(10), Map.of()));
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			for (String topic : new String[] { this.ownTopic, this.otherTopic }) {
				kafka.createTopic(topic, 1);
				producer.send(new ProducerRecord<>(topic, new byte[] { 1 })).get(60, TimeUnit.SECONDS);
				producer.send(new ProducerRecord<>(topic, new byte[] { 2 })).get(60, TimeUnit.SECONDS);
			}
		}
	}

	@AfterEach
	void stop() {
		this.sampler.stop();
		RefusingAuthorizer.refuseNothing();
	}

	@Test
	void measuresTheOthersWhenAGroupIsRefused(CapturedOutput output) {
		RefusingAuthorizer.refuse(AclOperation.DESCRIBE, ResourceType.GROUP, "other");

		this.sampler.start();

		await().atMost(SOON).until(() -> isMeasured("own"));
		awaitSamples();
		assertThat(this.registry.find("dispatch.consumer.lag.records").tag("group", "other").gauges()).isEmpty();
		assertThat(output).containsOnlyOnce("lag of group other is not told by the brokers: "
				+ "org.apache.kafka.common.errors.GroupAuthorizationException");
		RefusingAuthorizer.refuseNothing();
		await().atMost(SOON).until(() -> isMeasured("own") && isMeasured("other"));
		await().atMost(SOON).until(() -> output.toString().contains("lag of group other is told by the brokers again"));
	}

	@Test
	void measuresTheOthersWhenATopicIsHidden(CapturedOutput output) {
		RefusingAuthorizer.refuse(AclOperation.DESCRIBE, ResourceType.TOPIC, this.otherTopic);

		this.sampler.start();

		await().atMost(SOON).until(() -> isMeasured("own"));
		awaitSamples();
		assertThat(this.registry.find("dispatch.consumer.lag.records").tag("group", "other").gauges()).isEmpty();
		assertThat(output).containsOnlyOnce("lag of group other is not told by the brokers: "
				+ "org.apache.kafka.common.errors.TopicAuthorizationException");
	}

	@Test
	void tellsRecordsButNoSecondsWhenATopicMayNotBeRead(CapturedOutput output) {
		RefusingAuthorizer.refuse(AclOperation.READ, ResourceType.TOPIC, this.otherTopic);

		this.sampler.start();

		await().atMost(SOON).until(() -> isMeasured("own"));
		awaitSamples();
		assertThat(gauge("records", "other")).isEqualTo(2);
		assertThat(gauge("seconds", "other")).isNaN();
		assertThat(output).containsOnlyOnce("lag of group other is not told by the brokers: "
				+ "org.apache.kafka.common.errors.TopicAuthorizationException");
	}

	private boolean isMeasured(String group) {
		return gauge("records", group) == 2 && gauge("seconds", group) > 0;
	}

	/** Every sample asks once; so do gauges that are read. */
	private Instant countedNow() {
		this.samples.incrementAndGet();
		return Instant.now();
	}

	/** Some samples more, so that what is told at each would be told again. */
	private void awaitSamples() {
		int enough = this.samples.get() + 3;
		await().atMost(SOON).until(() -> this.samples.get() >= enough);
	}

	private double gauge(String what, String group) {
		Gauge gauge = this.registry.find("dispatch.consumer.lag." + what).tag("group", group).gauge();
		return (gauge != null) ? gauge.value() : Double.NaN;
	}

}
